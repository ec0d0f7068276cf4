internal import FoundationEssentials
internal import ProcessEnvironment

/// The folder of the credentials' cache: this user's alone, as everything in it.
///
/// Every call here may block.
final class CacheFolder: Sendable {
    /// The most bytes of a file; a session token has no known bound, the answer that it comes in has.
    private static let maximumBytes = 256 << 10

    private let folder: PrivateFolder

    /// Where it is.
    var path: String { folder.path }

    /// Returns the folder of an environment: `okteto-run/credentials` in `XDG_CACHE_HOME`, or in `~/.cache`.
    ///
    /// - Throws: ``CredentialError`` when it names neither.
    static func standardPath(_ environment: EnvironmentVariables) throws(CredentialError) -> String {
        // A path that is not absolute does not count, by the XDG Base Directory Specification.
        if let cache = environment.nonEmpty("XDG_CACHE_HOME"), cache.hasPrefix("/") {
            return "\(cache)/okteto-run/credentials"
        }
        guard let home = environment.nonEmpty("HOME"), home.hasPrefix("/") else {
            throw CredentialError(
                .settings,
                "there is no place for the credentials' cache: neither XDG_CACHE_HOME nor HOME is set",
                nextStep: "set one of them, or leave --credentials-cache out"
            )
        }
        return "\(home)/.cache/okteto-run/credentials"
    }

    /// Opens the folder, and makes it where there is none.
    ///
    /// - Throws: ``CredentialError`` when it cannot be had, or somebody else could read or change it.
    init(path: String) throws(CredentialError) {
        do {
            folder = try PrivateFolder(path: path)
        } catch {
            throw CredentialError(
                .settings,
                "the folder '\(DisplayText.clean(path))' cannot keep credentials: \(error.reason)",
                nextStep: error.nextStep ?? "remove it, or leave --credentials-cache out"
            )
        }
    }

    /// Returns the bytes of a file, or nil when there is none.
    ///
    /// - Throws: ``UnusableFile`` when it is not what was written there: a link, somebody else's, open to others, too
    ///   large.
    func read(_ name: String) throws(UnusableFile) -> [UInt8]? {
        try folder.read(name, limit: Self.maximumBytes)
    }

    /// Puts bytes into a file: whole, on the disk, or not at all, whatever was there before.
    ///
    /// - Throws: ``SystemError`` when it cannot be written.
    func write(_ bytes: [UInt8], to name: String) throws {
        try folder.write(bytes, to: name)
    }

    /// Takes the lock of that name, or returns nil while somebody else has it.
    ///
    /// - Throws: ``SystemError`` when the file of the lock cannot be opened.
    func lock(_ name: String) throws -> FileLock? {
        try folder.lock(name)
    }

    /// Removes the credentials, and unfinished files, that were written before a time.
    func removeFiles(before time: Date) {
        folder.removeFiles(before: time) { $0.hasSuffix(".json") || $0.hasPrefix(".new-") }
    }
}
