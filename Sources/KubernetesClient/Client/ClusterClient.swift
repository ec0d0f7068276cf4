internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment
internal import YAMLSource

/// Asks an API server.
package struct ClusterClient: Sendable {
    /// The way to the server, and who the client is there.
    package let connection: ClusterConnection
    private let timeout: Duration

    /// Creates a client; a request may take `timeout`.
    package init(_ connection: ClusterConnection, timeout: Duration = .seconds(15)) {
        self.connection = connection
        self.timeout = timeout
    }

    /// Returns a token of a service account for one audience, as `kubectl create token` does.
    ///
    /// `seconds` are what is asked for, 600 at least; the server may give another time.
    /// https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
    ///
    /// - Throws: ``KubernetesError`` when the server cannot be asked, or does not give one.
    package func token(
        of account: ServiceAccountName,
        audience: String,
        seconds: Int = 600
    ) async throws(KubernetesError) -> Secret {
        let namespace = account.namespace ?? connection.namespace
        guard ServiceAccountName("\(namespace)/\(account.name)") != nil else {
            throw KubernetesError(.configuration, "\(PrintableText.quoted(namespace)) is not the name of a namespace")
        }
        let body = JSONValue.object([
            "apiVersion": .text("authentication.k8s.io/v1"), "kind": .text("TokenRequest"),
            "spec": .object(["audiences": .list([.text(audience)]), "expirationSeconds": .integer(seconds)]),
        ])
        let response = try await post(
            "/api/v1/namespaces/\(namespace)/serviceaccounts/\(account.name)/token",
            body,
            purpose: "a token of service account \(namespace)/\(account.name)",
            hint: "it takes the right to create serviceaccounts/token of \(account.name) in namespace \(namespace)"
        )
        return try Self.token(in: response, server: connection.server)
    }

    private static func token(in response: HTTPResponse, server: String) throws(KubernetesError) -> Secret {
        struct Answer: Decodable {
            let status: Status?

            struct Status: Decodable {
                let token: String?
            }
        }

        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)),
            let token = answer.status?.token, !token.isEmpty
        else {
            throw KubernetesError(
                .response,
                "the answer of \(PrintableText.escaped(server, limit: 200)) has no token in it",
                nextStep: "check whether that is an API server of Kubernetes, 1.22 or later"
            )
        }
        return Secret(token)
    }

    /// Posts a document and returns the answer of success.
    private func post(
        _ path: String,
        _ body: JSONValue,
        purpose: String,
        hint: String
    ) async throws(KubernetesError) -> HTTPResponse {
        let bytes: [UInt8]
        do {
            bytes = try body.encoded()
        } catch {
            throw KubernetesError(.configuration, "the request for \(purpose) cannot be written as JSON")
        }
        let request = HTTPRequest(
            method: "POST",
            url: connection.server + path,
            headers: connection.headers + [
                HTTPHeader("Accept", "application/json"), HTTPHeader("Content-Type", "application/json"),
            ],
            body: Secret(bytes: bytes),
            limits: HTTPLimits(total: timeout, maximumBodyBytes: 256 << 10)
        )
        let client = HTTPClient(destination: .network, tls: connection.tls, proxy: connection.proxy)
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            throw transportError(error)
        }
        guard !response.isSuccess else { return response }
        throw refusal(response, purpose: purpose, hint: hint)
    }

    private func refusal(_ response: HTTPResponse, purpose: String, hint: String) -> KubernetesError {
        let server = PrintableText.escaped(connection.server, limit: 200)
        if 300..<400 ~= response.status {
            return KubernetesError(
                .response,
                "\(server) answered with a redirect (HTTP status \(response.status)), which is not followed: the "
                    + "credentials of the user would go there",
                nextStep: "correct the server's URL in the kubeconfig"
            )
        }
        let status = APIStatus.message(of: response)
        let said = status.map { ": " + PrintableText.escaped(withoutSecrets($0), limit: 400) } ?? ""
        switch response.status {
        case 401:
            return KubernetesError(
                .unauthenticated,
                "\(server) does not accept who \(connection.name) says that it is (HTTP status 401)\(said)",
                nextStep: "renew the credentials: kubectl with the same context should fail too"
            )
        case 403:
            return KubernetesError(.refused, "\(server) does not give \(purpose)\(said)", nextStep: hint)
        case 429, 500...:
            return KubernetesError(
                .unreachable,
                "\(server) cannot answer now (HTTP status \(response.status))\(said)",
                nextStep: "try again later"
            )
        case 404 where status == nil:
            return KubernetesError(
                .response,
                "\(server) answered with HTTP status 404 and no status document, so it is no API server of Kubernetes",
                nextStep: "check the server's URL"
            )
        default:
            return KubernetesError(
                .refused,
                "\(server) does not give \(purpose) (HTTP status \(response.status))\(said)",
                nextStep: response.status == 404 ? "check the names of the service account and of the namespace" : nil
            )
        }
    }

    /// A server may say back what authenticated the request.
    private func withoutSecrets(_ text: String) -> String {
        connection.secrets.reduce(text) { text, secret in
            secret.isEmpty ? text : text.replacing(secret.reveal(), with: Secret.redaction)
        }
    }

    private func transportError(_ error: HTTPTransportError) -> KubernetesError {
        let server = PrintableText.escaped(connection.server, limit: 200)
        let reason = PrintableText.escaped(error.message, limit: 400)
        switch error.code {
        case .cancelled: return KubernetesError(.cancelled, "cancelled")
        case .certificate:
            return KubernetesError(
                .untrusted,
                "the certificate of \(server), or that of the user, is not accepted: \(reason)",
                nextStep: "compare certificate-authority and tls-server-name of the kubeconfig with the server's own"
            )
        case .tls, .badRequest:
            return KubernetesError(.untrusted, "\(server) cannot be asked: \(reason)", nextStep: "check its URL")
        case .unreachable, .timedOut, .interrupted:
            return KubernetesError(
                .unreachable,
                "\(server) cannot be reached: \(reason)",
                nextStep: "check the network, the proxy settings and the server's URL"
            )
        default: return KubernetesError(.response, "\(server) gave no answer that can be used: \(reason)")
        }
    }
}
