internal import ProcessEnvironment

extension APIVersion {
    /// Returns the version that DOCKER_API_VERSION asks for, or nil when it is not set.
    ///
    /// As with the docker program it replaces the negotiation, so that the engine itself refuses what it does not speak.
    ///
    /// - Throws: ``ContainerExecError`` when the value is no version, or one that has not all that is needed.
    static func named(by environment: EnvironmentVariables) throws(ContainerExecError) -> APIVersion? {
        guard let text = environment.nonEmpty("DOCKER_API_VERSION") else { return nil }
        let hint = "unset it, so that the newest version is spoken that both sides know"
        guard let version = APIVersion(text.hasPrefix("v") ? text.dropFirst() : text[...]) else {
            throw ContainerExecError(
                .engineUnavailable,
                "DOCKER_API_VERSION is '\(EngineText.printable(text))', which is no version such as 1.41",
                hint: hint
            )
        }
        guard version >= .oldest else {
            throw ContainerExecError(
                .engineUnavailable,
                "DOCKER_API_VERSION is \(version), and \(APIVersion.oldest) is the least that okteto-run can do with",
                hint: hint
            )
        }
        return version
    }
}
