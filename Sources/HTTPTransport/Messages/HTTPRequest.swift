package import ProcessEnvironment

/// A request to be sent once.
package struct HTTPRequest: Sendable, Hashable, CustomStringConvertible {
    /// The method, in upper case.
    package var method: String
    /// The absolute URL, already percent-encoded.
    package var url: String
    /// The header fields beside those that HTTP itself needs.
    package var headers: [HTTPHeader]
    /// The body; a secret, because the bodies that this program sends mostly hold one.
    package var body: Secret?
    /// The bounds of time and size.
    package var limits: HTTPLimits
    /// Whether the response is to have the certificates of the server.
    package var wantsCertificates = false

    /// Creates a request.
    package init(
        method: String = "GET",
        url: String,
        headers: [HTTPHeader] = [],
        body: Secret? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }

    /// The method and the URL without its query, which may hold what no log should.
    package var description: String {
        "\(method) \(url.prefix { $0 != "?" })"
    }

    func hasHeader(_ name: String) -> Bool {
        headers.contains { $0.name.lowercased() == name.lowercased() }
    }
}
