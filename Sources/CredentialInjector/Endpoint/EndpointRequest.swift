/// The head of a request to the endpoint (RFC 9112), as far as it matters there.
struct EndpointRequest {
    /// The most bytes of a head.
    static let maximumBytes = 8 << 10

    /// What can be made of the bytes that have arrived.
    enum Reading {
        /// The head is not complete yet.
        case incomplete
        case complete(EndpointRequest)
        case refused(EndpointAnswer)
    }

    let method: String
    let target: [UInt8]
    /// The names in lower case, with the values without the white space around them.
    private let fields: [(name: String, value: [UInt8])]

    /// Reads the head at the beginning of `bytes`; what follows it is not looked at.
    ///
    /// It is strict, because only programs speak to it: a head that two readers could understand differently is none.
    static func read(_ bytes: [UInt8]) -> Reading {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            return bytes.count > maximumBytes ? .refused(.tooLarge) : .incomplete
        }
        guard end.lowerBound <= maximumBytes else { return .refused(.tooLarge) }
        var lines = bytes[..<end.lowerBound].split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), let (method, target) = requestLine(first) else {
            return .refused(.malformed)
        }
        var fields: [(name: String, value: [UInt8])] = []
        for line in lines {
            guard let field = field(line) else { return .refused(.malformed) }
            fields.append(field)
        }
        return .complete(EndpointRequest(method: method, target: Array(target), fields: fields))
    }

    /// Returns the value of a field, which must be there at most once.
    func value(_ name: String) -> [UInt8]? {
        let found = fields.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// Whether a field is there, however often.
    func has(_ name: String) -> Bool {
        fields.contains { $0.name == name }
    }

    private static func requestLine(_ line: ArraySlice<UInt8>) -> (method: String, target: ArraySlice<UInt8>)? {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, let first = parts[1].first, first == UInt8(ascii: "/"), !parts[0].isEmpty,
            parts[0].allSatisfy(isToken), parts[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            parts[2].elementsEqual("HTTP/1.1".utf8) || parts[2].elementsEqual("HTTP/1.0".utf8)
        else { return nil }
        return (String(decoding: parts[0], as: UTF8.self), parts[1])
    }

    /// Reads a line after the first, of which the carriage return before it has been taken.
    private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: [UInt8])? {
        guard line.first == UInt8(ascii: "\n"), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = line[(line.startIndex + 1)..<colon]
        let value = trimmed(line[(colon + 1)...])
        guard !name.isEmpty, name.allSatisfy(isToken), value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 })
        else { return nil }
        return (String(decoding: name, as: UTF8.self).lowercased(), value)
    }

    /// Leaves out spaces and tabs alone: a value with another control character is refused.
    private static func trimmed(_ value: ArraySlice<UInt8>) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        return Array(value.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// A byte of a token (RFC 9110 §5.6.2).
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
