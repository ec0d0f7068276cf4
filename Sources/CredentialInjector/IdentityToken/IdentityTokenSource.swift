package import ProcessEnvironment

/// Gives an identity token, anew each time it is asked.
package protocol IdentityTokenSource: Sendable {
    /// Names the source in a message.
    var name: String { get }

    /// Returns the bytes of the token, white space around it and all.
    ///
    /// - Throws: ``CredentialError`` of code `tokenSource` that says why there is none.
    func fetch() async throws(CredentialError) -> Secret
}
