package import ProcessEnvironment

/// What happens on the way to credentials, to be shown or acted on.
package enum CredentialEvent: Sendable {
    /// A token was fetched; the secrets must be masked from now on.
    case tokenFetched(IdentityToken, secrets: [Secret])
    /// Something is odd but goes on.
    case warning(String)
    /// An attempt failed, and another follows after a pause.
    case retrying(attempt: Int, reason: String, pause: Duration)
    /// Credentials were issued; their secrets must be masked from now on.
    case issued(TemporaryCredentials)
    /// Credentials that another process was issued are used; their secrets must be masked from now on.
    case reused(TemporaryCredentials)
    /// A refresh failed, but the credentials at hand still hold.
    case refreshFailed(CredentialError, remaining: Duration)
}
