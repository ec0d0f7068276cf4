package import ProcessEnvironment

/// The rules for the environment of a phase's commands: what is taken out, what is let in, what is set.
///
/// Variables are replaced, never appended: of a name that is there twice, programs disagree which one counts.
package enum ChildEnvironment {
    /// Other credentials, and other ways to find some: each would win over, or mix with, the injected ones.
    private static let otherCredentials: Set<String> = [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "EC2_SECURITY_TOKEN",
        "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_SESSION_NAME", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_CREDENTIAL_FILE", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_SESSION_EXPIRATION", "AWS_ACCOUNT_ID", "AWS_VAULT",
    ]

    /// What an identity token can be made from: with one a command could ask for tokens of any audience.
    private static let identitySources: Set<String> = [
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_URL", "CIRCLE_OIDC_TOKEN", "CIRCLE_OIDC_TOKEN_V2",
        "BITBUCKET_STEP_OIDC_TOKEN", "BUILDKITE_AGENT_ACCESS_TOKEN", "OKTETO_TOKEN", "OKTETO_RUN_ROLE_ARN",
        "OKTETO_RUN_TOKEN_FILE", "OKTETO_RUN_TOKEN_ENV", "OKTETO_RUN_TOKEN_COMMAND", "OKTETO_RUN_TOKEN_SOURCE",
        "OKTETO_RUN_CREDENTIALS_CONFIG", "OKTETO_RUN_PROFILE",
        "OKTETO_RUN_KUBECONFIG", "OKTETO_RUN_KUBE_CONTEXT", "OKTETO_RUN_SERVICE_ACCOUNT",
    ]

    /// What a container is given of the process environment.
    private static let admitted: Set<String> = [
        "AWS_ENDPOINT_URL", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_STS_REGIONAL_ENDPOINTS", "AWS_MAX_ATTEMPTS",
        "AWS_RETRY_MODE", "AWS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy",
        "https_proxy", "all_proxy", "no_proxy",
    ]

    /// The names that are taken out of a local phase's environment, sorted; beside them go those of ``removedPrefixes``.
    package static var removedNames: [String] { otherCredentials.union(identitySources).sorted() }

    /// The beginnings of further names that are taken out.
    package static let removedPrefixes = ["AWS_BEARER_TOKEN_", "AWSUME_", "GRANTED_"]

    /// Returns whether a variable is taken out where credentials are injected.
    package static func isRemoved(_ name: String) -> Bool {
        otherCredentials.contains(name) || identitySources.contains(name)
            || removedPrefixes.contains { name.hasPrefix($0) }
    }

    /// Returns the environment of a phase in a local shell, before credentials: the process's own without what is removed.
    ///
    /// With `settings` of nil no credentials are injected, and nothing is taken out. The configuration files of the
    /// AWS tools stay, because local set-ups rely on them; the variable that held the identity token goes.
    package static func local(
        parent: EnvironmentVariables,
        settings: CredentialSettings?
    ) -> EnvironmentVariables {
        guard let settings else { return parent }
        var result = parent
        result.removeAll(where: isRemoved)
        for name in settings.tokenSource.value.variables(in: parent) { result.remove(name) }
        return result
    }

    /// Returns what a phase in a container is given of the process environment, before credentials.
    ///
    /// Of the host's variables only those that say how AWS is reached; the file of `AWS_CA_BUNDLE` must be delivered
    /// with them. A proxy's URL may hold a password.
    package static func container(parent: EnvironmentVariables) -> EnvironmentVariables {
        parent.filter { name in
            admitted.contains(name) || name.hasPrefix("AWS_ENDPOINT_URL_") || name.hasPrefix("AWS_USE_")
        }
    }

    /// Returns the variables that carry `credentials`, for a phase whose own variables are `phase`.
    ///
    /// Both names of the region are set, because the SDKs disagree about which one they read; a region that the phase
    /// sets by either name wins and is mirrored to the other.
    package static func credentialVariables(
        _ credentials: TemporaryCredentials,
        region: String,
        phase: EnvironmentVariables
    ) -> EnvironmentVariables {
        var result = surroundings(region: region, phase: phase)
        result["AWS_ACCESS_KEY_ID"] = credentials.accessKeyID
        result["AWS_CREDENTIAL_EXPIRATION"] = credentials.expirationText
        result.set("AWS_SECRET_ACCESS_KEY", to: credentials.secretAccessKey)
        result.set("AWS_SESSION_TOKEN", to: credentials.sessionToken)
        result["AWS_ACCOUNT_ID"] = credentials.accountID
        return result
    }

    /// Returns the variables by which the SDKs find the credentials of `endpoint`, for a phase whose own variables are
    /// `phase`.
    ///
    /// There is no key among them: one in the environment would win over the endpoint.
    package static func endpointVariables(
        _ endpoint: CredentialEndpoint,
        region: String,
        phase: EnvironmentVariables
    ) -> EnvironmentVariables {
        var result = surroundings(region: region, phase: phase)
        result.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", to: endpoint.url)
        result.set("AWS_CONTAINER_AUTHORIZATION_TOKEN", to: endpoint.token)
        return result
    }

    /// The names of the variables by which credentials reach a phase, for one that is only planned.
    package static func names(throughEndpoint: Bool) -> [String] {
        let carried =
            throughEndpoint
            ? ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN"]
            : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"]
        return carried + ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED"]
    }

    /// What goes with credentials however they are delivered.
    private static func surroundings(region: String, phase: EnvironmentVariables) -> EnvironmentVariables {
        let own = phase.nonEmpty("AWS_REGION")
        let ownDefault = phase.nonEmpty("AWS_DEFAULT_REGION")
        var result: EnvironmentVariables = [
            "AWS_REGION": own ?? ownDefault ?? region,
            "AWS_DEFAULT_REGION": ownDefault ?? own ?? region,
            // Without it, tools that find the credentials expired would ask for those of the host.
            "AWS_EC2_METADATA_DISABLED": "true",
            "OKTETO_RUN": "1",
        ]
        // The AWS CLI starts a pager on a terminal, where no one could answer it.
        if phase["AWS_PAGER"] == nil { result["AWS_PAGER"] = "" }
        return result
    }
}
