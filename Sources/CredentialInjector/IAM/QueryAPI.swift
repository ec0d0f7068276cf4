internal import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment

/// A service of the AWS Query protocol, asked with signed requests: IAM, and STS for the caller's identity.
struct QueryAPI: Sendable {
    /// The service as messages name it: `IAM`.
    let name: String
    /// The version of its API, a date.
    let version: String
    let endpoint: Setting<STSEndpoint>
    let admin: AdminCredentials
    /// The region that requests are signed for.
    let region: String
    let client: HTTPClient
    let policy: RetryPolicy
    let clock: CredentialClock

    /// The service's name in signatures and in policies: `iam`.
    var prefix: String { name.lowercased() }

    /// Sends a request until it is answered, within the policy's bounds, and returns the content of the answer's
    /// element `ACTIONResult`; nil where the answer has none.
    ///
    /// `subject` says what the action is done to, for messages. Errors with one of the codes `patience` are tried
    /// again too: what was created a moment ago is not known everywhere in IAM at once.
    ///
    /// - Throws: ``CredentialError``, with the code that the service sent, when it refuses or cannot be asked.
    func send(
        _ action: String,
        of subject: String,
        _ parameters: [(name: String, value: String)] = [],
        patience: Set<String> = []
    ) async throws(CredentialError) -> XMLElement? {
        let start = clock.elapsed()
        var attempt = 0
        while true {
            attempt += 1
            let failure: CredentialError
            do {
                return try await ask(action, of: subject, parameters)
            } catch {
                guard error.kind == .temporary || patience.contains(error.serviceCode ?? "") else { throw error }
                failure = error
            }
            let pause = policy.pause(afterAttempt: attempt, random: clock.random())
            guard attempt < policy.maximumAttempts, clock.elapsed() - start + pause < policy.deadline else {
                throw failure
            }
            await clock.sleep(pause)
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
        }
    }

    private func ask(
        _ action: String,
        of subject: String,
        _ parameters: [(name: String, value: String)]
    ) async throws(CredentialError) -> XMLElement? {
        let response: HTTPResponse
        do {
            response = try await client.send(try request(action, parameters))
        } catch let error as CredentialError {
            throw error
        } catch let error as HTTPTransportError {
            throw transportError(error)
        } catch {
            throw CredentialError(.transport, "\(name) at \(endpoint.value.url) cannot be asked")
        }
        guard response.status == 200 else {
            throw ServiceRefusal(api: self, action: action, subject: subject).error(for: response, now: clock.now())
        }
        guard let root = try? XMLReader.read(response.body), root.name == action + "Response" else {
            throw CredentialError(
                .response,
                "the answer of \(endpoint.value.url) to \(prefix):\(action) is not one of \(name)",
                nextStep: "check AWS_ENDPOINT_URL_\(name) and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
            )
        }
        return root[action + "Result"]
    }

    private func request(
        _ action: String,
        _ parameters: [(name: String, value: String)]
    ) throws(CredentialError) -> HTTPRequest {
        var form = FormEncoder()
        form.append("Action", action)
        form.append("Version", version)
        for parameter in parameters { form.append(parameter.name, parameter.value) }
        let headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8")]
        let rest = endpoint.value.url.drop { $0 != "/" }.dropFirst(2)
        let signature = RequestSignature(credentials: admin.signing, region: region, service: prefix)
        let fields = try signature.fields(
            method: "POST",
            host: String(rest.prefix { $0 != "/" }),
            path: String(rest.drop { $0 != "/" }),
            headers: headers,
            body: form.bytes,
            at: clock.now()
        )
        return HTTPRequest(
            method: "POST",
            url: endpoint.value.url,
            headers: (headers + fields + [(name: "User-Agent", value: "okteto-run")]).map { HTTPHeader($0.0, $0.1) },
            body: Secret(bytes: form.bytes),
            limits: HTTPLimits(total: policy.perAttempt, maximumBodyBytes: XMLReader.maximumBytes)
        )
    }

    private func transportError(_ error: HTTPTransportError) -> CredentialError {
        let url = endpoint.value.url
        let reason = DisplayText.clean(error.message)
        switch error.code {
        case .cancelled: return CredentialError(.cancelled, "cancelled")
        case .certificate:
            return CredentialError(
                .transport,
                "the certificate of \(url) is not trusted: \(reason)",
                nextStep: "where \(name) has an authority of its own, set AWS_CA_BUNDLE to its certificate"
            )
        case .unreachable, .timedOut, .interrupted:
            return CredentialError(
                .temporary,
                "\(name) at \(url) (\(endpoint.origin)) cannot be reached: \(reason)",
                nextStep: "check the network and the proxy settings, or try again later"
            )
        default: return CredentialError(.transport, "\(name) at \(url) cannot be asked: \(reason)")
        }
    }
}
