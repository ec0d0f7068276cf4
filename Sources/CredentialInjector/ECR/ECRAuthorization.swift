internal import FoundationEssentials
internal import HTTPTransport
package import ProcessEnvironment

/// Gets logins for registries of Amazon ECR with role credentials: `GetAuthorizationToken`.
package struct ECRAuthorization: Sendable {
    private struct Answer: Decodable {
        struct Item: Decodable {
            let authorizationToken: String?
        }

        let authorizationData: [Item]?
    }

    private struct Refusal: Decodable {
        let type: String?
        let message: String?
        let capitalMessage: String?

        enum CodingKeys: String, CodingKey {
            case type = "__type"
            case message
            case capitalMessage = "Message"
        }
    }

    private let environment: EnvironmentVariables
    private let clock: CredentialClock

    /// Creates an authorization that reads its endpoint and authorities from the environment that the process was
    /// started with: from another one, signed requests could be sent elsewhere.
    package init(environment: EnvironmentVariables, clock: CredentialClock = .system) {
        self.environment = environment
        self.clock = clock
    }

    /// Returns a login for a registry.
    ///
    /// - Throws: ``CredentialError`` when ECR refuses or cannot be asked.
    package func login(
        for registry: ECRRegistry,
        with credentials: TemporaryCredentials
    ) async throws(CredentialError) -> ECRLogin {
        let endpoint = try endpoint(of: registry)
        let body = Array("{}".utf8)
        let headers = [
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
            (name: "X-Amz-Target", value: "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"),
        ]
        let authority = endpoint.url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
        let signature = RequestSignature(
            credentials: SigningCredentials(
                accessKeyID: credentials.accessKeyID,
                secretAccessKey: credentials.secretAccessKey,
                sessionToken: credentials.sessionToken
            ),
            region: registry.region,
            service: "ecr"
        )
        let fields = try signature.fields(
            method: "POST",
            host: String(authority),
            path: String(endpoint.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }),
            headers: headers,
            body: body,
            at: clock.now()
        )
        let request = HTTPRequest(
            method: "POST",
            url: endpoint.url,
            headers: (headers + fields + [(name: "User-Agent", value: "okteto-run")]).map { HTTPHeader($0.0, $0.1) },
            body: Secret(bytes: body),
            limits: HTTPLimits(maximumBodyBytes: 256 << 10)
        )
        let client = HTTPClient(
            destination: .network,
            tls: TLSSettings(authorities: environment.nonEmpty("AWS_CA_BUNDLE"))
        )
        let response: HTTPResponse
        do {
            response = try await client.send(request)
        } catch {
            guard error.code != .cancelled else { throw CredentialError(.cancelled, "cancelled") }
            throw CredentialError(
                .temporary,
                "no login for \(registry): ECR at \(endpoint.url) cannot be asked: \(DisplayText.clean(error.message))",
                nextStep: "check the network and the proxy settings, or log in to the registry beforehand"
            )
        }
        guard response.status == 200 else { throw refusal(response, registry, endpoint) }
        return try login(in: response, registry, endpoint)
    }

    private func endpoint(of registry: ECRRegistry) throws(CredentialError) -> STSEndpoint {
        let reader = SettingsReader(environment: environment)
        let isIgnored = reader.isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        if !isIgnored, let text = try reader.find(nil, "", ["AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL"]) {
            guard let endpoint = STSEndpoint(custom: text.value) else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(text.value, limit: 120))' (\(text.origin)) is not a URL for signed requests",
                    nextStep: "give https://HOST[:PORT][/PATH], or http:// for this machine itself"
                )
            }
            return endpoint
        }
        guard let url = registry.apiURL else {
            throw CredentialError(
                .settings,
                "no endpoint of ECR is known for region \(registry.region)",
                nextStep: "set AWS_ENDPOINT_URL_ECR"
            )
        }
        return STSEndpoint(known: url)
    }

    private func login(
        in response: HTTPResponse,
        _ registry: ECRRegistry,
        _ endpoint: STSEndpoint
    ) throws(CredentialError) -> ECRLogin {
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        let text = answer?.authorizationData?.first?.authorizationToken
            .flatMap { Data(base64Encoded: $0) }.map { String(decoding: $0, as: UTF8.self) }
        guard let text, let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw CredentialError(
                .response,
                "no login for \(registry): the answer of \(endpoint.url) is not one of ECR",
                nextStep: "check AWS_ENDPOINT_URL_ECR and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
            )
        }
        return ECRLogin(user: String(text[..<colon]), password: Secret(String(text[text.index(after: colon)...])))
    }

    private func refusal(
        _ response: HTTPResponse,
        _ registry: ECRRegistry,
        _ endpoint: STSEndpoint
    ) -> CredentialError {
        let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(response.body))
        let code = refusal?.type?.split(separator: "#").last.map { DisplayText.clean(String($0), limit: 80) }
        let words = DisplayText.clean(refusal?.message ?? refusal?.capitalMessage ?? "")
        let reason = [code ?? "HTTP status \(response.status)", words].filter { !$0.isEmpty }.joined(separator: ": ")
        let isTransient = response.status >= 500 || response.status == 429 || (code ?? "").contains("Throttling")
        return CredentialError(
            isTransient ? .temporary : .refused,
            "no login for \(registry): ECR at \(endpoint.url) refused: \(reason)",
            nextStep: isTransient
                ? "try again later" : "allow the role ecr:GetAuthorizationToken, and to pull from the repository",
            serviceCode: code
        )
    }
}

extension ECRRegistry: CustomStringConvertible {
    /// The registry as messages name it.
    package var description: String { "the ECR registry of account \(account) in \(region)" }
}
