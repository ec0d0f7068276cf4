internal import FoundationEssentials
package import ProcessEnvironment

/// What proves to a registry who asks.
package enum RegistryLogin: Sendable, Hashable {
    /// A user and a password, or a token in the password's place.
    case password(user: String, Secret)
    /// A token that the registry's own authority exchanges for others.
    case identityToken(Secret)

    private struct Wire: Encodable {
        var username: String?
        var password: String?
        var identitytoken: String?
        let serveraddress: String
    }

    /// Returns the value of `X-Registry-Auth` for the registry at `host`: base64url, with padding, of a JSON object.
    ///
    /// - Throws: ``ContainerExecError`` when it cannot be written.
    func header(for host: String) throws(ContainerExecError) -> Secret {
        var wire = Wire(serveraddress: host)
        switch self {
        case .password(let user, let password):
            wire.username = user
            wire.password = password.reveal()
        case .identityToken(let token):
            wire.identitytoken = token.reveal()
        }
        let text = Data(try JSON.encode(wire)).base64EncodedString()
        return Secret(text.replacing("+", with: "-").replacing("/", with: "_"))
    }
}
