internal import FoundationEssentials
internal import ProcessEnvironment

/// Credentials as they lie in a file of the cache.
struct CacheEntry: Codable {
    /// The longest session that AWS gives, and some time for clocks that differ.
    private static let longestSession = 13.0 * 3_600

    private let version: Int
    private let key: String
    private let accessKeyID: String
    private let secretAccessKey: String
    private let sessionToken: String
    /// The end by the clock of STS, in seconds since 1970.
    private let expiration: Double
    private let assumedRoleARN: String
    private let audience: String?
    private let subject: String?
    /// In seconds.
    private let lifetime: Double
    /// When they were issued, by the clock of this machine, in seconds since 1970.
    private let issued: Double

    /// Creates an entry of credentials, under the key of what they were asked for with.
    init(_ credentials: TemporaryCredentials, key: String, clock: CredentialClock) {
        version = 1
        self.key = key
        accessKeyID = credentials.accessKeyID
        secretAccessKey = credentials.secretAccessKey.reveal()
        sessionToken = credentials.sessionToken.reveal()
        expiration = credentials.expiration.timeIntervalSince1970
        assumedRoleARN = credentials.assumedRoleARN
        audience = credentials.audience
        subject = credentials.subject
        lifetime = credentials.lifetime / .seconds(1)
        issued = clock.now().timeIntervalSince1970 - (clock.elapsed() - credentials.issuedAt) / .seconds(1)
    }

    /// Reads an entry, or returns nil for bytes that are none: cut off, of another version or for another key.
    static func read(_ bytes: [UInt8], key: String) -> CacheEntry? {
        guard let entry = try? JSONDecoder().decode(CacheEntry.self, from: Data(bytes)), entry.version == 1,
            entry.key == key, (0.0..<longestSession).contains(entry.lifetime), entry.expiration.magnitude < 1e11,
            entry.issued.magnitude < 1e11,
            // They go into variables and headers.
            [entry.accessKeyID, entry.secretAccessKey, entry.sessionToken].allSatisfy({ text in
                !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            })
        else { return nil }
        return entry
    }

    /// The bytes of the file.
    func bytes() throws -> [UInt8] {
        Array(try JSONEncoder().encode(self))
    }

    /// Returns the credentials, or nil when they have ended, or the clock was set back to before they were issued.
    func credentials(identitySecrets: [Secret], clock: CredentialClock) -> TemporaryCredentials? {
        let age = clock.now().timeIntervalSince1970 - issued
        guard age >= 0, age < lifetime else { return nil }
        return TemporaryCredentials(
            accessKeyID: accessKeyID,
            secretAccessKey: Secret(secretAccessKey),
            sessionToken: Secret(sessionToken),
            expiration: Date(timeIntervalSince1970: expiration),
            assumedRoleARN: DisplayText.clean(assumedRoleARN, limit: 2_048),
            audience: audience.map { DisplayText.clean($0, limit: 2_048) },
            subject: subject.map { DisplayText.clean($0, limit: 2_048) },
            lifetime: .seconds(lifetime),
            issuedAt: clock.elapsed() - .seconds(age),
            identitySecrets: identitySecrets
        )
    }
}

extension CacheEntry: CustomStringConvertible, CustomReflectable {
    var description: String { "cached credentials \(accessKeyID)" }

    /// A mirror without children: it holds the keys.
    var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
