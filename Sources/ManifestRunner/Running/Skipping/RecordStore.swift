internal import CredentialInjector
internal import FoundationEssentials
internal import ProcessEnvironment

/// The records of tests' successes in the state folder; every call blocks.
struct RecordStore: Sendable {
    /// After this long without being written, a record is removed.
    private static let age: Double = 90 * 86_400
    private static let keyName = "key"

    let folder: PrivateFolder

    /// Returns the name of the file of a test's record.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    static func name(of test: String, in manifest: String) throws -> String {
        let digest = try ContentDigest.hexadecimal(of: "\(manifest.utf8.count):\(manifest)\(test)")
        return "success-\(digest.prefix(32))"
    }

    /// Returns the key with which values are digested; makes one where there is none that can be used.
    ///
    /// - Throws: ``SystemError`` when it cannot be written.
    func key() throws -> Secret {
        if let bytes = try? folder.read(Self.keyName, limit: 64), bytes.count == 64 { return Secret(bytes: bytes) }
        let key = try ContentDigest.newKey()
        try folder.write(key.bytes, to: Self.keyName)
        return key
    }

    /// Returns a record; nil when there is none, or none to trust.
    func load(_ name: String) -> SuccessRecord? {
        guard let bytes = try? folder.read(name, limit: SuccessRecord.byteLimit) else { return nil }
        return SuccessRecord(bytes: bytes)
    }

    /// Keeps a record, and removes those that nobody has needed for long.
    ///
    /// - Throws: ``SystemError`` when it cannot be written.
    func save(_ record: SuccessRecord, to name: String) throws {
        let bytes = record.bytes
        // One that would not be read again is of no use.
        guard bytes.count <= SuccessRecord.byteLimit else { return folder.remove(name) }
        try folder.write(bytes, to: name)
        folder.removeFiles(before: Date(timeIntervalSinceNow: -Self.age)) {
            $0.hasPrefix("success-") || $0.hasPrefix(".new-")
        }
    }
}
