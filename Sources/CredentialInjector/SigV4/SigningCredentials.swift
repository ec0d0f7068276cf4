package import ProcessEnvironment

/// The key with which requests to AWS services are signed, and the session token that goes with it.
package struct SigningCredentials: Sendable, Hashable {
    /// The identifier of the key; not a secret.
    package let accessKeyID: String
    /// The key.
    package let secretAccessKey: Secret
    /// The token of the session that the key belongs to; nil for the key of a user.
    package let sessionToken: Secret?

    /// Creates credentials.
    package init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret?) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}
