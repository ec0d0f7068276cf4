import FoundationEssentials
import ProcessEnvironment

@testable import CredentialInjector

/// Tokens of all algorithms, signed by another implementation, and the keys that belong to them.
struct SignedTokens: Decodable {
    let tokens: [String: String]
    let keys: JSONValueBytes

    /// The key set's bytes.
    struct JSONValueBytes: Decodable {
        let keys: [[String: String]]
    }

    static func read() throws -> SignedTokens {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Fixtures/signed-tokens.json"))
        return try JSONDecoder().decode(SignedTokens.self, from: data)
    }

    /// The key set as an issuer publishes it, with changes to each key.
    func keySet(_ change: (inout [String: String]) -> Void = { _ in }) throws -> [UInt8] {
        let changed = keys.keys.map { key in
            var key = key
            change(&key)
            return key
        }
        return Array(try JSONEncoder().encode(["keys": changed]))
    }

    func token(_ name: String) throws -> IdentityToken {
        try IdentityToken(Secret(tokens[name] ?? ""), from: "test")
    }
}
