/// Reads the whole numbers of YAML 1.1: `1_000`, `0x1F`, `0o17`, `017`, `0b11`.
enum YAMLInteger {
    /// Returns the number; nil when it is none or too large.
    static func value(of text: String) -> Int? {
        var digits = text.replacing("_", with: "")
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
        var radix = 10
        for (prefix, base) in [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)]
        where digits.hasPrefix(prefix) {
            digits.removeFirst(2)
            radix = base
        }
        if radix == 10, digits.hasPrefix("0"), digits.count > 1 { radix = 8 }
        return Int((isNegative ? "-" : "") + digits, radix: radix)
    }
}
