internal import ContainerExec

/// Finds out why a container's shell did not come up.
struct StartDiagnosis: Sendable {
    let engine: Engine
    let image: String

    /// Returns the error that says what is behind `error`; `words` is what the container printed.
    ///
    /// The engine's init says on standard error why it cannot start the shell. Podman may close the connection before
    /// that has come; a container that ended without a word is taken for one that has no such shell, unless its image
    /// is for another processor.
    func explain(_ error: ContainerExecError, _ words: String) async -> ContainerExecError {
        guard error.code != .cancelled else { return error }
        let text = words.split(whereSeparator: \.isNewline).joined(separator: " ")
        let all = (error.message + " " + text).lowercased()
        if all.contains("exec format error") {
            return await mismatch(": exec format error") ?? mislabelled()
        }
        guard error.code == .streamCut else { return error }
        if text.isEmpty, let mismatch = await mismatch("") { return mismatch }
        if text.isEmpty || all.contains("no such file or directory") || all.contains("not found") {
            return ContainerExecError(
                .noShell,
                "the shell of the image \(image) cannot be run: \(text.isEmpty ? error.message : text)",
                hint: "use an image that has a POSIX shell"
            )
        }
        return ContainerExecError(
            .streamCut,
            "the container of \(image) ended before its shell was ready: \(text)",
            hint: error.hint
        )
    }

    /// The error that the image is for a processor which is not the engine's, or nil when it says that it is for that.
    private func mismatch(_ detail: String) async -> ContainerExecError? {
        guard let text = (try? await engine.inspectImage(image))?.platform, let platform = ImagePlatform(text),
            let own = try? await engine.platform(), !own.runs(platform)
        else { return nil }
        return ContainerExecError(
            .wrongPlatform,
            "the image \(image) is for \(platform), and the engine runs \(own)\(detail)",
            hint: "pull it with --platform \(own) --pull always where it is made for that too, "
                + "or install emulation on the engine's machine (Debian: qemu-user-static)"
        )
    }

    private func mislabelled() -> ContainerExecError {
        ContainerExecError(
            .wrongPlatform,
            "the programs of the image \(image) are not for the engine's processor: exec format error",
            hint: "the image says that they are; use one that is made for this processor"
        )
    }
}
