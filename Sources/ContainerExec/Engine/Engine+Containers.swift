internal import HTTPTransport
internal import ProcessEnvironment

extension Engine {
    /// Creates the container; it does not run yet.
    ///
    /// A cancelled task creates it, too: broken off, the call would leave a container that nobody knows of.
    ///
    /// - Throws: ``ContainerExecError`` with the code `imageNotFound` when the engine does not have the image: pull it.
    package func createContainer(
        _ specification: ContainerSpecification
    ) async throws(ContainerExecError) -> CreatedContainer {
        guard !Task.isCancelled else { throw ContainerExecError(.cancelled, "cancelled") }
        let reference = try ImageReference(specification.image)
        for image in names(of: reference) {
            if let container = try await create(specification, image: image) { return container }
        }
        throw ContainerExecError(
            .imageNotFound,
            "\(kind) does not have the image \(reference)",
            hint: "get it with '\(kind) pull \(reference)'"
        )
    }

    /// Creates the container of an image by one of its names; returns nil when the engine knows no image by that.
    private func create(
        _ specification: ContainerSpecification,
        image: String
    ) async throws(ContainerExecError) -> CreatedContainer? {
        let body = try JSON.encode(CreateBody(specification, image: image))
        var name = specification.name
        var attemptsLeft = 3
        while true {
            var query = [(name: "name", value: name)]
            if let platform = specification.platform { query.append((name: "platform", value: "\(platform)")) }
            let response = try await call("POST", "/containers/create", query: query, body: body, isShielded: true)
            if response.status == 201 {
                let wire = try decode(CreatedContainer.Wire.self, from: response, to: "create a container")
                return try CreatedContainer(wire)
            }
            let text = EngineErrorBody.text(in: response.body)
            if response.status == 404, Self.isAboutImage(text) { return nil }
            attemptsLeft -= 1
            // Podman's older versions answer 500 where Docker answers 409.
            guard response.status == 409 || response.status == 500, text.contains("in use"), attemptsLeft > 0 else {
                let isAboutMount = text.contains("bind source path") || text.contains("statfs")
                throw refusal(
                    response,
                    to: "create a container of \(image)",
                    hint: isAboutMount ? "the engine has no such folder: copy it, with --workspace copy" : nil
                )
            }
            name = "\(specification.name)-\(String(UInt32.random(in: 0...UInt32.max), radix: 16))"
        }
    }

    /// Starts the container's shell; a container that runs already is fine.
    ///
    /// - Throws: ``ContainerExecError`` with the code `noShell` when the image has no such program. With the engine's
    ///   init as process 1 the start succeeds even then, and the init says so on standard error and ends:
    ///   ``findShell(in:)`` tells.
    package func start(
        _ container: ContainerID,
        of specification: ContainerSpecification
    ) async throws(ContainerExecError) {
        let response = try await call("POST", "/containers/\(container.rawValue)/start", within: .seconds(180))
        guard response.status != 204, response.status != 304 else { return }
        let text = EngineErrorBody.text(in: response.body)
        let shell = specification.shell.first ?? "sh"
        let isMissing = text.contains("executable file not found") || text.contains("no such file or directory")
        if text.contains("docker-init") || text.contains("catatonit") {
            throw refusal(response, to: "start a container", hint: "install \(kind)'s init (Debian: tini or catatonit)")
        }
        if isMissing, text.contains("\"\(shell)\"") || text.contains("`\(shell)`") || text.contains(shell) {
            throw ContainerExecError(
                .noShell,
                "the image \(specification.image) has no '\(shell)' to run commands with: \(text)",
                hint: "use an image that has a POSIX shell"
            )
        }
        throw refusal(response, to: "start a container of \(specification.image)")
    }

    /// Sends a signal to the container's process; one that has ended is fine.
    ///
    /// A cancelled task sends it, too.
    package func kill(_ container: ContainerID, signal: String = "SIGKILL") async throws(ContainerExecError) {
        let path = "/containers/\(container.rawValue)/kill"
        let response = try await insist("POST", path, query: [(name: "signal", value: signal)])
        switch response.status {
        case 200..<300, 304, 404, 409: return
        case _ where isGone(response): return
        // Podman's older versions say 500 for a container that is not running.
        case 500 where EngineErrorBody.text(in: response.body).contains("running"): return
        default: throw refusal(response, to: "send \(signal) to the container \(container)")
        }
    }

    /// Removes the container with its anonymous volumes, killing it if it runs; one that is gone or going is fine.
    ///
    /// A cancelled task removes it, too: that is when there is something to clean up.
    package func remove(_ container: ContainerID) async throws(ContainerExecError) {
        let query = [(name: "force", value: "1"), (name: "v", value: "1")]
        let response = try await insist("DELETE", "/containers/\(container.rawValue)", query: query)
        switch response.status {
        case 200..<300: return
        case _ where isGone(response): return
        case 400..<600 where EngineErrorBody.text(in: response.body).contains("in progress"): return
        default: throw refusal(response, to: "remove the container \(container)")
        }
    }

    /// Returns how the container is, or nil when it is gone.
    package func inspect(_ container: ContainerID) async throws(ContainerExecError) -> ContainerState? {
        let response = try await call("GET", "/containers/\(container.rawValue)/json")
        switch response.status {
        case 200:
            return ContainerState(try decode(ContainerState.Wire.self, from: response, to: "inspect a container"))
        case _ where isGone(response): return nil
        default: throw refusal(response, to: "inspect the container \(container)")
        }
    }

    /// Returns the containers that have a label, running or not; `label` is a name or `name=value`.
    package func list(
        label: String = "\(ContainerLabels.mark)=1"
    ) async throws(ContainerExecError) -> [ContainerSummary] {
        let filters = try JSON.encode(["label": [label]])
        let query = [(name: "all", value: "1"), (name: "filters", value: String(decoding: filters, as: UTF8.self))]
        let response = try await call("GET", "/containers/json", query: query, atMost: 32 << 20)
        guard response.status == 200 else { throw refusal(response, to: "list containers") }
        let wires = try decode([ContainerSummary.Wire].self, from: response, to: "list containers")
        return try wires.map { wire throws(ContainerExecError) in try ContainerSummary(wire) }
    }

    /// Returns whether the container of a call does not exist any more.
    ///
    /// Podman says 500 when it goes away in the middle of the call, as one does that removes itself.
    private func isGone(_ response: HTTPResponse) -> Bool {
        response.status == 404
            || EngineErrorBody.text(in: response.body).lowercased().contains("no such container")
    }

    private static func isAboutImage(_ text: String) -> Bool {
        let words = text.lowercased()
        return words.isEmpty || words.contains("image") || words.contains("manifest") || words.contains("repository")
    }
}
