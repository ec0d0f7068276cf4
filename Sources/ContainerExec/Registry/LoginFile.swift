internal import FoundationEssentials
internal import ProcessEnvironment

/// A file of logins: Docker's `config.json`, or the `auth.json` of Podman, whose form is the same.
struct LoginFile: Decodable {
    /// One entry of `auths`; in a file whose logins are elsewhere it is empty.
    struct Entry: Decodable {
        let auth: String?
        let username: String?
        let password: String?
        let identitytoken: String?
    }

    let auths: [String: Entry]?
    let credsStore: String?
    let credHelpers: [String: String]?

    /// Returns the name of the helper program that keeps the login of the first of these keys that has one.
    func helper(for keys: [String]) -> (name: String, key: String)? {
        for key in keys {
            if let name = credHelpers?[key], !name.isEmpty { return (name, key) }
        }
        return nil
    }

    /// Returns the entry for the first of these keys that has one, however its scheme and path were written.
    func entry(for keys: [String]) -> Entry? {
        guard let auths else { return nil }
        for key in keys {
            if let entry = auths[key] { return entry }
        }
        // Older programs wrote URLs, with any path behind the host: `https://registry.example.com/v1/`.
        for key in keys where !key.contains("/") {
            if let match = auths.keys.sorted().first(where: { Self.host($0) == key && $0.contains("://") }) {
                return auths[match]
            }
        }
        return nil
    }

    private static func host(_ key: String) -> String {
        let start = key.firstRange(of: "://").map { key[$0.upperBound...] } ?? key[...]
        return String(start.prefix { $0 != "/" })
    }
}

extension LoginFile.Entry {
    /// Whether the entry says nothing, as where a helper program keeps the login.
    var isEmpty: Bool {
        [auth, username, password, identitytoken].allSatisfy { ($0 ?? "").isEmpty }
    }

    /// The login that the entry holds, or nil when it is not well formed.
    var login: RegistryLogin? {
        if let identitytoken, !identitytoken.isEmpty { return .identityToken(Secret(identitytoken)) }
        if let auth, !auth.isEmpty {
            guard let data = Data(base64Encoded: auth) else { return nil }
            // A password may hold colons and, from older programs, end in NUL bytes.
            let text = String(decoding: data, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
            let password = text[text.index(after: colon)...].trimmingSuffix { $0 == "\0" }
            return .password(user: String(text[..<colon]), Secret(String(password)))
        }
        guard let username, !username.isEmpty, let password else { return nil }
        return .password(user: username, Secret(password))
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var result = self
        while let last = result.last, isDropped(last) { result.removeLast() }
        return result
    }
}
