internal import ProcessEnvironment

/// Who may have credentials of the endpoint: whoever knows the path and the token, and came to this address.
struct EndpointAccess: Sendable {
    private static let forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "via", "origin"]

    /// Where the endpoint is, as `127.0.0.1:PORT`.
    let host: String
    /// The path, which nobody can guess.
    let path: Secret
    /// What the `Authorization` header must be.
    let token: Secret

    /// Makes a path and a token for the endpoint at `port`.
    ///
    /// - Throws: ``CredentialError`` when there are no random numbers.
    init(port: UInt16) throws(CredentialError) {
        host = "127.0.0.1:\(port)"
        path = Secret("/" + (try RandomToken.hexadecimal(bytes: 16)))
        token = Secret(try RandomToken.hexadecimal(bytes: 32))
    }

    /// Returns the answer to a request that gets no credentials, or nil for one that does.
    ///
    /// The address comes first: a page in a browser that reaches it under a name of its own (DNS rebinding), or a proxy,
    /// is told nothing. Without the token the path is not told from others either.
    func refusal(of request: EndpointRequest) -> EndpointAnswer? {
        guard let host = request.value("host"), host.elementsEqual(self.host.utf8),
            !Self.forwarding.contains(where: request.has)
        else { return .foreign }
        guard let token = request.value("authorization"), SecretComparison.isEqual(token, self.token) else {
            return .unauthorized
        }
        guard request.method == "GET" else { return .method }
        guard SecretComparison.isEqual(request.target, path) else { return .notFound }
        let length = request.value("content-length")
        guard !request.has("transfer-encoding"),
            length.map({ $0.elementsEqual("0".utf8) }) ?? !request.has("content-length")
        else { return .body }
        return nil
    }
}
