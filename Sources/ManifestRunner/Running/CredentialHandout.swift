internal import CredentialInjector

/// Credentials that are to be printed, for another program to use.
struct CredentialHandout: Sendable {
    let options: CredentialOptionGroup
    let cache: CredentialCacheOption

    /// Obtains them; standard error gets warnings and errors alone, since programs keep it.
    ///
    /// - Throws: ``CredentialError`` when no role is configured, or they are refused or out of reach.
    func get(
        _ context: RunContext,
        _ reporter: Reporter
    ) async throws(CredentialError) -> (credentials: TemporaryCredentials, settings: CredentialSettings) {
        let settings = try options.settings(context, for: "credentials")
        for warning in settings.warnings { reporter.say(.warning, warning) }
        let onEvent: @Sendable (CredentialEvent) -> Void = { event in
            switch event {
            case .issued(let credentials), .reused(let credentials): reporter.conceal(credentials.secrets)
            default: CredentialSupply.show(event, reporter)
            }
        }
        let exchange = WebIdentityExchange(settings: settings, onEvent: onEvent)
        guard cache.isUsed else { return (try await exchange.run(), settings) }
        let cached = CachedExchange(settings: settings, exchange: exchange, onEvent: onEvent)
        return (try await cached.run(), settings)
    }
}
