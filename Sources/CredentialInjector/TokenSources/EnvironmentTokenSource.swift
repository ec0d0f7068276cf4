package import ProcessEnvironment

/// A token in a variable of the process environment.
package struct EnvironmentTokenSource: IdentityTokenSource {
    private let variable: String
    private let environment: EnvironmentVariables

    /// Creates a source that reads the variable `name`.
    package init(name: String, environment: EnvironmentVariables) {
        variable = name
        self.environment = environment
    }

    package var name: String { TokenSourceDescription.environment(name: variable).description }

    package func fetch() async throws(CredentialError) -> Secret {
        guard let bytes = environment.bytes(of: variable) else {
            throw CredentialError(
                .tokenSource,
                "\(name), which should hold the identity token, is not set",
                nextStep: "export it, or name the variable that holds the token with --token-env"
            )
        }
        guard !bytes.isEmpty else {
            throw CredentialError(
                .tokenSource,
                "\(name), which should hold the identity token, is empty",
                nextStep: "check what sets it: in a CI job, that the job may request an identity token"
            )
        }
        return Secret(bytes: bytes)
    }
}
