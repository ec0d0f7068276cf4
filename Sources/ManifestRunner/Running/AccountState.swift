internal import CredentialInjector

/// An account, and what it has of what setup is to make.
struct AccountState: Sendable {
    let number: String
    let partition: String
    let state: SetupState
    /// Asks the account's IAM; nil where there are no credentials to do so.
    let client: IAMClient?

    /// Asks IAM with the caller's own credentials; nothing is changed.
    static func read(
        _ request: SetupRequest,
        _ admin: AdminOptions,
        _ context: RunContext,
        _ reporter: Reporter
    ) async throws -> AccountState {
        let access = try await AdminAccess.open(admin.access, environment: context.environment) { secrets in
            reporter.conceal(secrets)
        }
        if let caller = access.caller { reporter.say(.info, "account \(access.account), as \(caller.arn)") }
        let provider = request.trust.provider(partition: access.partition, account: access.account)
        return AccountState(
            number: access.account,
            partition: access.partition,
            state: try await SetupState.read(for: request, provider: provider, from: access.client),
            client: access.client
        )
    }

    /// Takes an account for one that has nothing, for who only wants to see what setup would do.
    ///
    /// - Throws: `reason`, the lack of credentials, where the account is not given.
    static func assumingNothing(
        _ admin: AdminOptions,
        _ context: RunContext,
        _ reporter: Reporter,
        because reason: CredentialError
    ) throws -> AccountState {
        guard let account = try AdminAccess.checked(account: admin.account), reason.code == .ownCredentials else {
            throw reason
        }
        reporter.say(
            .warning,
            "without credentials of your own, account \(account) is taken for one that has nothing of it"
        )
        return AccountState(
            number: account,
            partition: try AdminAccess.partition(admin.access, environment: context.environment),
            state: .nothing,
            client: nil
        )
    }
}
