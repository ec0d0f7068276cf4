internal import ProcessEnvironment
internal import Synchronization

/// Gives a token that is already there the first time, and asks its source from then on.
///
/// So that what was checked is what is exchanged, while a further attempt still gets a fresh token.
final class FetchedTokenSource: IdentityTokenSource {
    private let first: Mutex<Secret?>
    private let source: any IdentityTokenSource

    /// Creates a source of `token`, and then of `source`.
    init(_ token: IdentityToken, then source: any IdentityTokenSource) {
        first = Mutex(token.secret)
        self.source = source
    }

    var name: String { source.name }

    func fetch() async throws(CredentialError) -> Secret {
        let token = first.withLock { token in
            defer { token = nil }
            return token
        }
        if let token { return token }
        return try await source.fetch()
    }
}
