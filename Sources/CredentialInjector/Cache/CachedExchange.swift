internal import FoundationEssentials
internal import ProcessEnvironment

/// An exchange that first looks whether another process has made the same one.
///
/// Credentials are reused where settings and identity are the same, so the token is fetched each time; it is sent only
/// for a new exchange. Of many processes that need the same credentials at once, one makes the exchange, and the others
/// wait for it. A file that is damaged counts as none.
package struct CachedExchange: Sendable {
    /// How long another process may take to make the exchange; its own bound is 30 s.
    private static let patience = Duration.seconds(45)
    private static let lockPause = Duration.milliseconds(40)
    /// After this everything in a file has ended.
    private static let longestSession = 13.0 * 3_600

    private let settings: CredentialSettings
    private let exchange: WebIdentityExchange
    private let window: RefreshWindow
    private let clock: CredentialClock
    private let onEvent: @Sendable (CredentialEvent) -> Void

    /// Creates an exchange for settings; `exchange` must be one of the same settings, clock and events.
    package init(
        settings: CredentialSettings,
        window: RefreshWindow = .commands,
        exchange: WebIdentityExchange? = nil,
        clock: CredentialClock = .system,
        onEvent: @escaping @Sendable (CredentialEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.exchange = exchange ?? WebIdentityExchange(settings: settings, clock: clock, onEvent: onEvent)
        self.window = window
        self.clock = clock
        self.onEvent = onEvent
    }

    /// Returns credentials that hold for a while yet, from the cache or from a new exchange, which is kept.
    ///
    /// - Throws: ``CredentialError`` when there are none, or the cache is not safe to use.
    package func run() async throws(CredentialError) -> TemporaryCredentials {
        let token = try await exchange.token()
        let key = try CacheKey.of(settings, token)
        let path = try CacheFolder.standardPath(settings.environment)
        let folder = try await blocking { () throws(CredentialError) in try CacheFolder(path: path) }
        if let kept = await entry(key, token, in: folder, saysWhy: false), isFresh(kept) { return reuse(kept) }
        // One of sixteen: a lock for each key would leave a file for each.
        guard let lock = try await lock("lock-\(key.prefix(1))", in: folder) else {
            onEvent(.warning("the credentials' cache in \(path) is in use by another process and is left out"))
            return try await exchange.run(with: token)
        }
        defer { withExtendedLifetime(lock) {} }
        let kept = await entry(key, token, in: folder, saysWhy: true)
        if let kept, isFresh(kept) { return reuse(kept) }
        let credentials: TemporaryCredentials
        do {
            credentials = try await exchange.run(with: token)
        } catch {
            guard error.code != .cancelled, let kept else { throw error }
            let remaining = kept.remaining(at: clock.elapsed())
            guard remaining > RefreshWindow.least(kept.lifetime) else { throw error }
            onEvent(.refreshFailed(error, remaining: remaining))
            return kept
        }
        await keep(credentials, key, in: folder)
        return credentials
    }

    private func isFresh(_ credentials: TemporaryCredentials) -> Bool {
        credentials.remaining(at: clock.elapsed()) > window.early(credentials)
    }

    private func reuse(_ credentials: TemporaryCredentials) -> TemporaryCredentials {
        onEvent(.reused(credentials))
        return credentials
    }

    /// The credentials that are kept; nil when there are none, they have ended, or the file is not one to trust.
    private func entry(
        _ key: String,
        _ token: IdentityToken,
        in folder: CacheFolder,
        saysWhy: Bool
    ) async -> TemporaryCredentials? {
        let name = Self.name(of: key)
        do {
            let bytes = try await DedicatedThread.run { try folder.read(name) }
            guard let bytes else { return nil }
            guard let entry = CacheEntry.read(bytes, key: key) else {
                throw UnusableFile(reason: "it is damaged")
            }
            return entry.credentials(identitySecrets: token.secrets, clock: clock)
        } catch {
            let reason = (error as? UnusableFile)?.reason ?? "\(error)"
            if saysWhy { onEvent(.warning("\(folder.path)/\(name) is not used, and replaced: \(reason)")) }
            return nil
        }
    }

    /// Waits for the lock; nil when another process has had it for too long.
    private func lock(_ name: String, in folder: CacheFolder) async throws(CredentialError) -> FileLock? {
        let start = clock.elapsed()
        while true {
            guard !Task.isCancelled else { throw CredentialError(.cancelled, "cancelled") }
            do {
                if let lock = try await DedicatedThread.run({ try folder.lock(name) }) { return lock }
            } catch {
                throw CredentialError(
                    .settings,
                    "the credentials' cache cannot be used: \(error)",
                    nextStep: "remove the folder \(DisplayText.clean(folder.path)), or leave --credentials-cache out"
                )
            }
            guard clock.elapsed() - start < Self.patience else { return nil }
            await clock.sleep(Self.lockPause)
        }
    }

    /// Keeps credentials for others, where they are those of the key: another token may have been the one exchanged.
    private func keep(_ credentials: TemporaryCredentials, _ key: String, in folder: CacheFolder) async {
        // Services other than AWS may give longer sessions; a file of one would not be taken for whole.
        guard credentials.lifetime < .seconds(Self.longestSession), let used = credentials.identitySecrets.first,
            let token = try? IdentityToken(used, from: "exchange"),
            (try? CacheKey.of(settings, token)) == key
        else { return }
        let entry = CacheEntry(credentials, key: key, clock: clock)
        let oldest = clock.now().addingTimeInterval(-Self.longestSession)
        do {
            try await DedicatedThread.run {
                var bytes = try entry.bytes()
                defer { Cleanser.cleanse(&bytes) }
                try folder.write(bytes, to: Self.name(of: key))
                folder.removeFiles(before: oldest)
            }
        } catch {
            onEvent(.warning("the credentials could not be kept for later: \(error)"))
        }
    }

    private func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws(CredentialError) -> Value
    ) async throws(CredentialError) -> Value {
        do {
            return try await DedicatedThread.run { try body() }
        } catch let error as CredentialError {
            throw error
        } catch {
            throw CredentialError(.settings, "the credentials' cache cannot be used: \(error)")
        }
    }

    private static func name(of key: String) -> String { "\(key).json" }
}
