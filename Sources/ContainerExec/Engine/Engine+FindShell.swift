internal import HTTPTransport

extension Engine {
    /// The places where images have a POSIX shell, in the order in which they are looked at.
    package static let shellPaths = ["/bin/sh", "/usr/bin/sh", "/busybox/sh"]

    /// Returns the path of the image's shell, or nil when it has none at the usual places.
    ///
    /// For the case that a container ended before its shell said anything: the engine's init reports a missing
    /// program only on standard error. A container is created for it, never started, and removed.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails.
    package func findShell(in specification: ContainerSpecification) async throws(ContainerExecError) -> String? {
        let container = try await createContainer(specification)
        let found: Result<String?, ContainerExecError>
        do {
            found = .success(try await firstShell(in: container.id))
        } catch {
            found = .failure(error)
        }
        try? await remove(container.id)
        return try found.get()
    }

    private func firstShell(in container: ContainerID) async throws(ContainerExecError) -> String? {
        for shell in Self.shellPaths {
            let path = "/containers/\(container.rawValue)/archive"
            let response = try await call("HEAD", path, query: [(name: "path", value: shell)])
            switch response.status {
            case 200: return shell
            case 404: continue
            default: throw refusal(response, to: "look for a shell in \(container)")
            }
        }
        return nil
    }
}
