/// Tells numbers from other texts, as yaml.v2 does: `1_000`, `0x1F`, `0b11`, `017`, `1e3`, `.5`, `.inf`.
enum YAMLNumber {
    /// Returns `.integer` or `.number`, or nil for what is none.
    static func type(of text: String) -> YAMLScalarType? {
        let bytes = Array(text.utf8)
        let sign = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
        let unsigned = bytes.dropFirst(sign ? 1 : 0)
        let digits = unsigned.filter { $0 != UInt8(ascii: "_") }
        if isInteger(digits) { return .integer }
        if isDecimal(Array(unsigned)) { return .number }
        switch String(decoding: unsigned, as: UTF8.self) {
        case ".inf", ".Inf", ".INF": return .number
        case ".nan", ".NaN", ".NAN": return sign ? nil : .number
        default: return nil
        }
    }

    private static func isInteger(_ digits: [UInt8]) -> Bool {
        guard let first = digits.first else { return false }
        guard first == UInt8(ascii: "0"), digits.count > 1 else { return isAll(digits[...], radix: 10, limit: 19) }
        switch digits[1] | 0x20 {
        case UInt8(ascii: "x"): return isAll(digits[2...], radix: 16, limit: 16)
        case UInt8(ascii: "b"): return isAll(digits[2...], radix: 2, limit: 64)
        case UInt8(ascii: "o"): return isAll(digits[2...], radix: 8, limit: 21)
        default: return isAll(digits[1...], radix: 8, limit: 21)
        }
    }

    /// Whether there are digits of a radix, and no more than fit into 64 bits; longer ones are texts or decimals.
    private static func isAll(_ digits: ArraySlice<UInt8>, radix: UInt8, limit: Int) -> Bool {
        guard !digits.isEmpty, digits.count <= limit else { return false }
        return digits.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") < radix
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
            default: false
            }
        }
    }

    private static func isDecimal(_ bytes: [UInt8]) -> Bool {
        var index = 0
        func skipDigits() -> Int {
            let start = index
            while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
            return index - start
        }
        let whole = skipDigits()
        var fraction = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { return false }
        guard index < bytes.count else { return true }
        guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return false }
        index += 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
        return skipDigits() > 0 && index == bytes.count
    }
}
