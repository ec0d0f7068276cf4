internal import ContainerExec

/// Finds out why a container's shell did not come up.
struct StartDiagnosis: Sendable {
    let engine: Engine
    let image: String

    /// Returns the error that says what is behind `error`; `words` is what the container printed.
    func explain(_ error: ContainerExecError, _ words: String) async -> ContainerExecError {
        guard error.code != .cancelled else { return error }
        let text = words.split(whereSeparator: \.isNewline).joined(separator: " ")
        let all = (error.message + " " + text).lowercased()
        if all.contains("exec format error") { return await wrongPlatform() }
        if error.code == .streamCut, all.contains("no such file or directory") || all.contains("not found") {
            return ContainerExecError(
                .noShell,
                "the shell of the image \(image) cannot be run: \(text)",
                hint: "use an image that has a POSIX shell"
            )
        }
        guard error.code == .streamCut, !text.isEmpty else { return error }
        return ContainerExecError(
            .streamCut,
            "the container of \(image) ended before its shell was ready: \(text)",
            hint: error.hint
        )
    }

    private func wrongPlatform() async -> ContainerExecError {
        let wanted = (try? await engine.inspectImage(image))?.platform
        let own = try? await engine.platform()
        guard let wanted, let own, let platform = ImagePlatform(wanted), !own.runs(platform) else {
            return ContainerExecError(
                .wrongPlatform,
                "the programs of the image \(image) are not for the engine's processor: exec format error"
                    + (own.map { " (the engine runs \($0))" } ?? ""),
                hint: "its label may be wrong; use an image that is made for this processor"
            )
        }
        return ContainerExecError(
            .wrongPlatform,
            "the image \(image) is for \(platform), and the engine runs \(own): exec format error",
            hint: "pull it with --platform \(own) --pull always where it is made for that too, "
                + "or install emulation on the engine's machine (Debian: qemu-user-static)"
        )
    }
}
