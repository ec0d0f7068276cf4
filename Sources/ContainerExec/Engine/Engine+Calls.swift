internal import HTTPTransport
internal import ProcessEnvironment

extension Engine {
    /// Sends one request and returns the response, whatever its status.
    ///
    /// One that `isShielded` is carried through even when the task is cancelled.
    func call(
        _ method: String,
        _ path: String,
        query: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        within limit: Duration = .seconds(60),
        atMost maximumBodyBytes: Int = 4 << 20,
        isShielded: Bool = false
    ) async throws(ContainerExecError) -> HTTPResponse {
        var headers: [HTTPHeader] = []
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        let request = HTTPRequest(
            method: method,
            url: url(path, query),
            headers: headers,
            body: body.map { Secret(bytes: $0) } ?? (method == "POST" ? Secret("") : nil),
            limits: HTTPLimits(connect: .seconds(5), total: limit, maximumBodyBytes: maximumBodyBytes)
        )
        do {
            return try await isShielded ? client.insist(request) : client.send(request)
        } catch {
            throw failure(of: error)
        }
    }

    /// Returns the value that a successful response holds.
    func decode<Value: Decodable>(
        _ type: Value.Type,
        from response: HTTPResponse,
        to purpose: String
    ) throws(ContainerExecError) -> Value {
        do {
            return try JSON.decode(type, from: response.body)
        } catch {
            throw ContainerExecError(
                .engineFailed,
                "\(kind) gave an answer that is not understood when it was to \(purpose)",
                hint: "check that an engine, and not a proxy, listens at \(candidate.endpoint)"
            )
        }
    }

    /// The error for a response that tells of a failure; `purpose` is a verb phrase.
    func refusal(_ response: HTTPResponse, to purpose: String, hint: String? = nil) -> ContainerExecError {
        refusal(status: response.status, text: EngineErrorBody.text(in: response.body), to: purpose, hint: hint)
    }

    func refusal(status: Int, text: String, to purpose: String, hint: String? = nil) -> ContainerExecError {
        let reason = text.isEmpty ? "status \(status) without a reason" : text
        let cause = RefusalCause(text)
        return ContainerExecError(
            cause?.code ?? .engineFailed,
            "\(kind) could not \(purpose): \(reason)",
            hint: cause?.hint ?? hint
        )
    }

    /// The error for a request that got no response.
    func failure(of error: HTTPTransportError) -> ContainerExecError {
        if error.code == .cancelled { return ContainerExecError(.cancelled, "cancelled") }
        return ContainerExecError(
            .engineFailed,
            "\(kind) at \(candidate.endpoint) does not answer any more: \(error.message)",
            hint: "check that the engine still runs; its own log says why if it does not"
        )
    }
}
