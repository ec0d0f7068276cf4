internal import ContainerExec

/// Opens a phase with the image's `sh`, and with the shell at one of the usual places where the image has no `sh` in
/// its PATH.
struct ShellSearch: Sendable {
    let engine: Engine
    let image: String

    /// Opens the phase by `attempt`, which gets the specification and the shell that runs the commands.
    ///
    /// Nothing is looked for before an attempt has failed: that would cost all other images a call.
    ///
    /// - Throws: ``ContainerExecError`` with the code `noShell` when the image has none, or what `attempt` throws.
    func open<Value>(
        _ specification: ContainerSpecification,
        _ attempt: (ContainerSpecification, _ commandShell: String) async throws -> Value
    ) async throws -> Value {
        do {
            return try await attempt(specification, "sh")
        } catch let error as ContainerExecError where error.code == .noShell {
            guard let path = try await engine.findShell(in: specification) else {
                throw ContainerExecError(
                    .noShell,
                    "the image \(image) has no shell: looked for \(Engine.shellPaths.joined(separator: ", "))",
                    hint: "use an image that has a POSIX shell"
                )
            }
            var found = specification
            found.shell = Self.words(path)
            return try await attempt(found, path)
        }
    }

    /// The words that start a shell which is not in PATH, with its folder at the end of PATH: where it lies, the
    /// other programs of the image most likely lie too.
    static func words(_ path: String) -> [String] {
        let folder = path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        return [path, "-c", "PATH=\"$PATH:\(folder)\"; export PATH; exec \(path)"]
    }
}
