/// Tells the name of a server apart from the place where it is reached.
///
/// libcurl takes the name for SNI and the certificate from the URL, so the URL gets the name, and CURLOPT_CONNECT_TO
/// leads to the place.
struct ServerPlace: Equatable {
    /// The URL with the name in place of its host.
    let url: String
    /// The line for CURLOPT_CONNECT_TO: whatever the URL says, connect to the real host and port.
    let connectTo: String
    /// The authority of the original URL, for the field `Host`.
    let authority: String

    /// Takes a URL apart.
    ///
    /// - Throws: ``HTTPTransportError`` when it is not https, or the name is none of a host.
    init(url: String, name: String) throws(HTTPTransportError) {
        guard !name.isEmpty, name.utf8.allSatisfy({ Self.isNameByte($0) }), url.lowercased().hasPrefix("https://")
        else { throw HTTPTransportError(.badRequest, "a server name is for https alone, and must be a host name") }
        let rest = url.dropFirst("https://".count)
        authority = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        var host = authority[...]
        var port = "443"
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            host = authority[..<colon]
            port = String(authority[authority.index(after: colon)...])
        }
        guard !host.isEmpty, UInt16(port) != nil else {
            throw HTTPTransportError(.badRequest, "the URL must name a host, and a port from 1 to 65535")
        }
        self.url = "https://\(name):\(port)" + rest.dropFirst(authority.count)
        connectTo = "::\(host):\(port)"
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
