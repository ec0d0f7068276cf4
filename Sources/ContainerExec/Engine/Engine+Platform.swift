internal import HTTPTransport

extension Engine {
    private struct Version: Decodable {
        let system: String?
        let architecture: String?

        enum CodingKeys: String, CodingKey {
            case system = "Os"
            case architecture = "Arch"
        }
    }

    /// Returns the system and processor of the engine's machine, or nil when it does not say.
    ///
    /// What else it can run by emulation is not told by any call.
    ///
    /// - Throws: ``ContainerExecError`` when the engine fails.
    package func platform() async throws(ContainerExecError) -> ImagePlatform? {
        let response = try await call("GET", "/version")
        guard response.status == 200 else { throw refusal(response, to: "say what it runs on") }
        let version = try decode(Version.self, from: response, to: "say what it runs on")
        guard let system = version.system, let architecture = version.architecture else { return nil }
        return ImagePlatform("\(system)/\(architecture)")
    }
}
