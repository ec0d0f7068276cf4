/// Reads JSON (RFC 8259) strictly and within bounds: no comments, no trailing commas, no name twice in an object.
///
/// A name that is there twice is refused, because readers differ in which of the two they take: of a policy with two
/// `StringEquals`, IAM would not compare what a person sees.
struct JSONReader {
    /// The bytes that a document may have.
    static let maximumBytes = 1 << 20
    /// How deep arrays and objects may nest.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns the document's value.
    ///
    /// - Throws: ``JSONReaderError`` when the document is not well formed or out of bounds.
    static func read(_ bytes: [UInt8]) throws(JSONReaderError) -> JSONValue {
        guard bytes.count <= maximumBytes else {
            throw JSONReaderError(line: 1, reason: "it has more than \(maximumBytes) bytes")
        }
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.error("there is something after its end") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONReaderError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw error("it nests too deep") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where take("true"): return .bool(true)
        case UInt8(ascii: "f") where take("false"): return .bool(false)
        case UInt8(ascii: "n") where take("null"): return .null
        case nil: throw error("it ends too early")
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONReaderError) -> JSONValue {
        position += 1
        var members: [JSONMember] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw error("a name in double quotes is missing") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw error("\"\(DisplayText.clean(name, limit: 80))\" is there twice in one object")
            }
            skipSpace()
            guard take(":") else { throw error("a colon is missing") }
            members.append(JSONMember(name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or } is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONReaderError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or ] is missing") }
        return .array(elements)
    }

    private mutating func number() throws(JSONReaderError) -> String {
        let start = position
        _ = take("-")
        let whole = digits()
        var isNumber = whole == 1 || (whole > 1 && bytes[position - whole] != UInt8(ascii: "0"))
        if take(".") { isNumber = digits() > 0 && isNumber }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            isNumber = digits() > 0 && isNumber
        }
        guard isNumber else { throw error("a value is missing or not one of JSON") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONReaderError) -> String {
        position += 1
        var result: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw error("a text is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): result += try escaped().utf8
            case 0..<0x20: throw error("there is a control character in a text")
            default: result.append(byte)
            }
        }
        throw error("a text has no end")
    }

    private mutating func escaped() throws(JSONReaderError) -> String {
        guard let byte = peek else { throw error("a text has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), take("\\u") { units.append(try codeUnit()) }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw error("half of a surrogate pair stands alone")
            }
            return text
        default: throw error("there is no such escape in JSON")
        }
    }

    private mutating func codeUnit() throws(JSONReaderError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        // UInt16(_:radix:) would take a sign.
        guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("\\u needs four hexadecimal digits") }
        position += 4
        return unit
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array("\(text)".utf8)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private func error(_ reason: String) -> JSONReaderError {
        JSONReaderError(line: 1 + bytes.prefix(position).count { $0 == 0x0A }, reason: reason)
    }
}
