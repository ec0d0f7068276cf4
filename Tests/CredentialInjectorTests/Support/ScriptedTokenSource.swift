import ProcessEnvironment
import Synchronization

@testable import CredentialInjector

/// Gives one token after the other; the last is repeated.
final class ScriptedTokenSource: IdentityTokenSource {
    let name = "scripted source"
    private let tokens: [String]
    private let count = Mutex(0)

    init(_ tokens: [String] = [TokenFactory.text()]) {
        self.tokens = tokens
    }

    var fetches: Int { count.withLock { $0 } }

    func fetch() async throws(CredentialError) -> Secret {
        let index = count.withLock { count in
            count += 1
            return count - 1
        }
        return Secret(tokens[min(index, tokens.count - 1)])
    }
}
