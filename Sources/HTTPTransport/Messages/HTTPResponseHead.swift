/// The status and the header fields of a response.
package struct HTTPResponseHead: Sendable, Hashable {
    /// The status code, 100 to 599.
    package var status: Int
    /// The header fields in the order in which they came.
    package var headers: [HTTPHeader]

    /// Creates a head.
    package init(status: Int = 0, headers: [HTTPHeader] = []) {
        self.status = status
        self.headers = headers
    }

    /// Returns the value of the first field of that name, without regard to case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Takes in one line of a head: a status line starts a new one, as after `100 Continue`.
    mutating func consume(line bytes: some Collection<UInt8>) {
        let line = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
        if line.hasPrefix("HTTP/") {
            let code = line.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
            self = HTTPResponseHead(status: code ?? 0)
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append(HTTPHeader(String(line[..<colon]), String(value)))
        }
    }
}
