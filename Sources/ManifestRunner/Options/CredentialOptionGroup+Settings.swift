internal import CredentialInjector

extension CredentialOptionGroup {
    /// What the command line says, as the settings read it.
    var options: CredentialOptions {
        CredentialOptions(
            roleARN: roleARN,
            region: region,
            audience: audience,
            tokenFile: tokenFile,
            tokenEnvironment: tokenEnv,
            tokenCommand: tokenCommand,
            sessionName: sessionName,
            duration: duration.map { "\($0.seconds)" },
            sessionPolicy: sessionPolicy,
            policyARNs: policyARNs,
            allowedAccounts: allowedAccounts,
            stsEndpoint: stsEndpoint
        )
    }

    /// Returns the settings for a command that is about credentials, which there must be.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when no role is configured, or the settings cannot work.
    func settings(_ context: RunContext, for label: String) throws(CredentialError) -> CredentialSettings {
        guard !noCredentials else {
            throw CredentialError(
                .settings,
                "--no-credentials leaves nothing to check",
                nextStep: "leave it out, or unset OKTETO_RUN_NO_CREDENTIALS"
            )
        }
        let settings = try CredentialSettings.resolve(
            options: options,
            environment: context.environment,
            phase: label
        )
        guard let settings else {
            throw CredentialError(
                .settings,
                "no role is configured, so phases run without credentials",
                nextStep: "set --role-arn, OKTETO_RUN_ROLE_ARN or AWS_ROLE_ARN to the role's ARN"
            )
        }
        return settings
    }
}
