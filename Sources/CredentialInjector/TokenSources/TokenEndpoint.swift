internal import HTTPTransport
internal import ProcessEnvironment

/// Asks a URL that gives identity tokens: bounded, never redirected, and again where that may help.
struct TokenEndpoint: Sendable {
    /// What asks, for messages: `GitHub Actions token service`.
    let name: String
    let client: HTTPClient
    let policy: RetryPolicy
    let clock: CredentialClock

    /// The bounds of one request.
    static let limits = HTTPLimits(connect: .seconds(5), total: .seconds(10), maximumBodyBytes: 128 << 10)

    /// Sends a GET and returns the answer with status 200.
    ///
    /// Neither the header fields nor the query of `url` are in any error.
    ///
    /// - Throws: ``CredentialError`` when there is none; `refusal` is what to do about an answer of status 4xx.
    func get(
        _ url: String,
        headers: [HTTPHeader],
        refusal: String
    ) async throws(CredentialError) -> HTTPResponse {
        let request = HTTPRequest(url: url, headers: headers, limits: Self.limits)
        var attempt = 0
        while true {
            attempt += 1
            let failure: CredentialError
            do {
                let response = try await client.send(request)
                if response.status == 200 { return response }
                failure = self.failure(response, url, refusal, headers)
            } catch {
                failure = self.failure(error, url)
            }
            guard failure.code == .temporary, attempt < policy.maximumAttempts else { throw failure }
            await clock.sleep(policy.pause(afterAttempt: attempt, random: clock.random()))
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
        }
    }

    /// Returns the fields as the query of a URL.
    static func query(_ fields: [(String, String)]) -> String {
        var encoder = FormEncoder()
        for (name, value) in fields { encoder.append(name, value) }
        return String(decoding: encoder.bytes, as: UTF8.self)
    }

    private func failure(
        _ response: HTTPResponse,
        _ url: String,
        _ refusal: String,
        _ headers: [HTTPHeader]
    ) -> CredentialError {
        let place = Self.place(url)
        switch response.status {
        case 300..<400:
            return CredentialError(
                .tokenSource,
                "the \(name) at \(place) answered with a redirect (HTTP status \(response.status)), which is not "
                    + "followed: what authenticates the job would go there",
                nextStep: "check the variables that name the URL"
            )
        case 429, 500...:
            return CredentialError(
                .temporary,
                "the \(name) at \(place) cannot answer now (HTTP status \(response.status))",
                nextStep: "try again later"
            )
        default:
            let said = DisplayText.clean(Self.body(of: response, without: headers), limit: 200)
            return CredentialError(
                .tokenSource,
                "the \(name) at \(place) gave no token (HTTP status \(response.status))"
                    + (said.isEmpty ? "" : ": \(said)"),
                nextStep: refusal
            )
        }
    }

    /// The answer's text, without what authenticated the request: a server may say it back.
    private static func body(of response: HTTPResponse, without headers: [HTTPHeader]) -> String {
        var text = String(decoding: response.body.prefix(4096), as: UTF8.self)
        for header in headers where header.name == "Authorization" {
            for word in header.value.split(separator: " ") where word != "bearer" {
                text = text.replacing(word, with: Secret.redaction)
            }
        }
        return text
    }

    private func failure(_ error: HTTPTransportError, _ url: String) -> CredentialError {
        let reason = DisplayText.clean(error.message)
        let place = Self.place(url)
        switch error.code {
        case .cancelled: return CredentialError(.cancelled, "cancelled")
        case .unreachable, .timedOut, .interrupted:
            return CredentialError(
                .temporary,
                "the \(name) at \(place) cannot be reached: \(reason)",
                nextStep: "check the network and the proxy settings, or try again later"
            )
        case .certificate, .tls, .badRequest:
            return CredentialError(
                .transport,
                "the \(name) at \(place) cannot be asked: \(reason)",
                nextStep: "identity tokens are asked for at https URLs alone, or on this machine itself"
            )
        default:
            return CredentialError(.tokenSource, "the \(name) at \(place) gave no answer that can be used: \(reason)")
        }
    }

    /// The scheme and the host of a URL, which is all that a message needs of it.
    private static func place(_ url: String) -> String {
        let scheme = url.firstRange(of: "://").map { url[..<$0.upperBound] } ?? ""
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // What stands before an @ may be a password.
        let host = authority.split(separator: "@").last.map(String.init) ?? ""
        return DisplayText.clean(String(scheme) + host, limit: 120)
    }
}
