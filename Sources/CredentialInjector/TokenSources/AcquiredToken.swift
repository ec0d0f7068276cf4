package import ProcessEnvironment

/// What a token source gave.
package struct AcquiredToken: Sendable {
    /// The bytes of the token, white space around it and all.
    package var token: Secret
    /// What was odd on the way, in words.
    package var warnings: [String] = []
    /// What else must be masked in all output: what the source itself was authenticated with.
    package var secrets: [Secret] = []

    /// Creates one.
    package init(_ token: Secret, warnings: [String] = [], secrets: [Secret] = []) {
        self.token = token
        self.warnings = warnings
        self.secrets = secrets
    }
}
