/// The rules that a URL must satisfy before anything is sent to it.
///
/// libcurl reads URLs with a parser of its own, so only forms on which no two parsers can differ are let through:
/// no user information, no backslash, no space or control character, and no character outside ASCII.
enum DestinationRules {
    /// What libcurl is to be told about a URL.
    struct Verdict: Equatable {
        /// The protocols that it may use, for CURLOPT_PROTOCOLS_STR.
        let protocols: String
        /// Whether proxies are passed by.
        let isDirect: Bool
    }

    /// Returns how `url` may be asked at `destination`.
    ///
    /// - Throws: ``HTTPTransportError`` when it may not.
    static func check(_ url: String, for destination: HTTPDestination) throws(HTTPTransportError) -> Verdict {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://")
        else { throw HTTPTransportError(.badRequest, "the URL is not well formed") }
        let scheme = url[..<colon].lowercased()
        let authority = url[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@") else {
            throw HTTPTransportError(.badRequest, "the URL must name a host, without user or password")
        }
        switch (destination, scheme) {
        case (.unixSocket, "http"), (.program, "http"):
            return Verdict(protocols: "http", isDirect: true)
        case (.network, "https"), (.plainNetwork, "https"):
            return Verdict(protocols: "https", isDirect: isLoopback(authority))
        case (.plainNetwork, "http"):
            return Verdict(protocols: "http", isDirect: true)
        case (.network, "http") where isLoopback(authority):
            return Verdict(protocols: "http", isDirect: true)
        case (.network, "http"):
            throw HTTPTransportError(
                .badRequest,
                "plain http is only for this machine itself; use https for \(authority)"
            )
        default:
            throw HTTPTransportError(.badRequest, "the URL's scheme '\(scheme)' is not supported here")
        }
    }

    /// Returns whether an authority, with or without port, is this machine's loopback.
    static func isLoopback(_ authority: some StringProtocol) -> Bool {
        let text = authority.lowercased()
        if text.hasPrefix("[") { return text.hasPrefix("[::1]") && isPort(text.dropFirst("[::1]".count)) }
        let host = text.prefix { $0 != ":" }
        guard isPort(text.dropFirst(host.count)) else { return false }
        if host == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isPort(_ text: some StringProtocol) -> Bool {
        text.isEmpty || (text.hasPrefix(":") && UInt16(text.dropFirst()) != nil)
    }
}
