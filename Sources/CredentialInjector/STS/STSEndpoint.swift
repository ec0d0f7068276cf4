/// The URL at which STS is asked.
package struct STSEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// The URL, which ends in a slash.
    package let url: String
    /// Whether it is on this machine itself: the one place where plain http may be used.
    package let isLoopback: Bool

    /// The endpoint that serves all default regions.
    static let global = STSEndpoint(known: "https://sts.amazonaws.com/")

    /// Creates the endpoint of a host that the rules name.
    init(known url: String) {
        self.url = url
        isLoopback = false
    }

    /// Creates an endpoint from a URL that a user gave, or returns nil when the token may not be sent there.
    ///
    /// That is https with a host alone, or http to the loopback; no user information, query or fragment.
    init?(custom text: String) {
        let lowercased = text.lowercased()
        let scheme = ["https://", "http://"].first { lowercased.hasPrefix($0) }
        guard let scheme,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\@?#<>\"".utf8.contains($0) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty else { return nil }
        isLoopback = Self.isLoopback(authority.lowercased())
        guard scheme == "https://" || isLoopback else { return nil }
        url = scheme + rest + (rest.hasSuffix("/") ? "" : "/")
    }

    package var description: String { url }

    private static func isLoopback(_ authority: String) -> Bool {
        if authority.hasPrefix("[") {
            return authority == "[::1]" || (authority.hasPrefix("[::1]:") && UInt16(authority.dropFirst(6)) != nil)
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 2 && UInt16(parts[1]) != nil) else { return false }
        if parts[0] == "localhost" { return true }
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
