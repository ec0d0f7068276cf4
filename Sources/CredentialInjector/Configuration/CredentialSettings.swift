package import ProcessEnvironment

/// Everything that an exchange needs to know, checked, with where each value was set.
package struct CredentialSettings: Sendable, Hashable {
    /// The role to assume.
    package let roleARN: Setting<RoleARN>
    /// The region of the STS endpoint.
    package let region: Setting<String>
    /// The audience that the identity token must be for, or nil when any will do.
    package let audience: Setting<String>?
    /// Where the identity token comes from.
    package let tokenSource: Setting<TokenSourceDescription>
    /// The name of the role session.
    package let sessionName: Setting<String>
    /// The seconds that the credentials should hold, or nil for what STS gives by itself.
    package let duration: Setting<Int>?
    /// A JSON policy that narrows what the role allows.
    package let sessionPolicy: Setting<String>?
    /// The ARNs of managed policies that narrow what the role allows, or nil.
    package let policyARNs: Setting<[String]>?
    /// The accounts whose roles may be assumed, by their numbers, or nil when any will do.
    package let allowedAccounts: Setting<[String]>?
    /// Where STS is.
    package let endpoint: Setting<STSEndpoint>
    /// The file of PEM certificates that replaces the system's authorities.
    package let authorities: Setting<String>?
    /// How often STS is asked at most in one exchange.
    package let maximumAttempts: Int
    /// What is odd but not wrong, in words.
    package let warnings: [String]

    /// The process environment of before any file of the repository was read; a token command runs with it.
    package let environment: EnvironmentVariables

    /// Returns the source that the settings describe.
    package func makeTokenSource() -> any IdentityTokenSource {
        switch tokenSource.value {
        case .file(let path): FileTokenSource(path: path)
        case .environment(let name): EnvironmentTokenSource(name: name, environment: environment)
        case .command(let words): CommandTokenSource(words: words, environment: environment)
        }
    }
}
