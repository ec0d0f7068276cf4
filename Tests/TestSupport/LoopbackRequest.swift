/// A request that a loopback server received.
package struct LoopbackRequest: Sendable {
    /// The request line and the header fields, one line each.
    package let lines: [String]
    /// The body.
    package let body: String
    /// The server's name that the client asked for in its TLS handshake.
    package var serverName: String?
    /// The common name of the client's certificate.
    package var clientName: String?

    /// Returns the value of a header field, without regard to the case of its name.
    package func header(_ name: String) -> String? {
        let prefix = name.lowercased() + ":"
        guard let line = lines.dropFirst().first(where: { $0.lowercased().hasPrefix(prefix) }) else { return nil }
        return String(line.dropFirst(prefix.count).drop { $0 == " " })
    }
}
