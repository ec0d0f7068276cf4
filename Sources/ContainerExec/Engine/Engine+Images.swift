internal import HTTPTransport
internal import ProcessEnvironment
internal import Synchronization

extension Engine {
    /// Returns what the image says about itself, or nil when the engine does not have it.
    ///
    /// - Throws: ``ContainerExecError`` when `name` is no image's name or the engine fails.
    package func inspectImage(_ name: String) async throws(ContainerExecError) -> ImageConfiguration? {
        let reference = try ImageReference(name)
        for name in names(of: reference) {
            let path = "/images/\(URLEncoding.encode(name, keeping: "/:@"))/json"
            let response = try await call("GET", path)
            switch response.status {
            case 200:
                let wire = try decode(ImageConfiguration.Wire.self, from: response, to: "inspect the image \(name)")
                return ImageConfiguration(wire)
            case 404: continue
            default: throw refusal(response, to: "inspect the image \(name)")
            }
        }
        return nil
    }

    /// Pulls an image from its registry; `progress` is called as the engine reports, on a thread of the transfer.
    ///
    /// `platform` is `os/architecture`, or nil for what the engine prefers; without `login` the registry is asked as
    /// by anybody. Cancelling the task ends the connection, and with it the pull.
    ///
    /// - Throws: ``ContainerExecError`` with the code `imageNotFound` when the registry does not have the image,
    ///   `imageRefused` when it does not give it to the engine, else `engineFailed`.
    package func pull(
        _ name: String,
        platform: ImagePlatform? = nil,
        login: RegistryLogin? = nil,
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws(ContainerExecError) {
        let reference = try ImageReference(name)
        let source = kind == .podman ? reference.qualifiedName : reference.name
        var query = [(name: "fromImage", value: source), (name: "tag", value: reference.version)]
        if let platform { query.append((name: "platform", value: "\(platform)")) }
        var headers: [HTTPHeader] = []
        if let login { headers.append(HTTPHeader("X-Registry-Auth", try login.header(for: reference.host).reveal())) }
        let stream = Mutex(PullStream())
        let response: HTTPResponse
        do {
            let request = HTTPRequest(
                method: "POST",
                url: url("/images/create", query),
                headers: headers,
                body: Secret(""),
                limits: HTTPLimits(total: nil)
            )
            response = try await client.stream(request) { bytes in
                for line in stream.withLock({ $0.feed(bytes) }) { progress(line) }
                return true
            }
        } catch {
            throw failure(of: error)
        }
        let failed = stream.withLock { stream in
            stream.finish()
            return stream.failure
        }
        if !response.isSuccess {
            let words = EngineErrorBody.text(in: response.body)
            throw PullRefusal(words: words, isAbsent: response.status == 404).error(kind, reference)
        }
        if let failed { throw PullRefusal(words: failed).error(kind, reference) }
    }

    /// The names to look an image up by, in order.
    ///
    /// Podman can be set up not to take a short name for one of Docker Hub; a local image of that name comes first.
    func names(of reference: ImageReference) -> [String] {
        let written = reference.description
        guard kind == .podman, reference.qualified != written else { return [written] }
        return [written, reference.qualified]
    }
}
