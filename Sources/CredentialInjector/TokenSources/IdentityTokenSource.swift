package import ProcessEnvironment

/// Gives an identity token, anew each time it is asked.
package protocol IdentityTokenSource: Sendable {
    /// Names the source in a message.
    var name: String { get }

    /// Returns the bytes of the token, white space around it and all.
    ///
    /// - Throws: ``CredentialError`` of code `tokenSource` that says why there is none, or of code `temporary` where the
    ///   same may succeed later.
    func fetch() async throws(CredentialError) -> Secret

    /// Returns the token with what else there is to say about it.
    ///
    /// - Throws: As ``fetch()``.
    func acquire() async throws(CredentialError) -> AcquiredToken
}

extension IdentityTokenSource {
    /// Returns what ``fetch()`` gives, about which there is nothing to say.
    package func acquire() async throws(CredentialError) -> AcquiredToken {
        AcquiredToken(try await fetch())
    }
}
