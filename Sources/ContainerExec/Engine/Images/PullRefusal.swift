/// Why a pull failed, from the engine's words: engines hand on what the registry said, in no form of their own.
struct PullRefusal {
    private static let denials = [
        "unauthorized", "authentication required", "access denied", "no basic auth credentials", "denied:",
        "incorrect username or password", "403 forbidden", "authorization failed",
    ]
    private static let absences = [
        "not found", "manifest unknown", "name unknown", "does not exist", "no such image", "repository name not known",
    ]
    private static let otherPlatforms = ["no matching manifest for", "no image found in", "no match for platform"]

    let words: String
    /// Whether the engine answered by a status that means absence.
    var isAbsent = false

    func error(_ kind: EngineKind, _ reference: ImageReference) -> ContainerExecError {
        let lowercased = words.lowercased()
        func has(_ signs: [String]) -> Bool { signs.contains { lowercased.contains($0) } }
        if has(Self.otherPlatforms) {
            return ContainerExecError(
                .wrongPlatform,
                "\(kind) cannot get the image \(reference): \(words)",
                hint: "choose a platform that the image is made for, with --platform"
            )
        }
        // Docker Hub says both of an image that may be private or absent: it is a login that can help.
        if has(Self.denials) {
            return ContainerExecError(
                .imageRefused,
                "\(kind) cannot get the image \(reference): \(words)",
                hint: "if it is private, log in with '\(kind) login \(reference.host)'"
            )
        }
        if isAbsent || has(Self.absences) {
            return ContainerExecError(
                .imageNotFound,
                "\(kind) cannot get the image \(reference): \(words)",
                hint: "check its name and tag"
            )
        }
        let cause = RefusalCause(words)
        return ContainerExecError(
            cause?.code ?? .engineFailed,
            "\(kind) could not pull the image \(reference): \(words)",
            hint: cause?.hint ?? "check that \(kind) reaches \(reference.host), or load the image into it beforehand"
        )
    }
}
