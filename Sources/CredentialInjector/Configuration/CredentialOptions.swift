/// What the command line says about credentials; nil where it says nothing.
package struct CredentialOptions: Sendable, Hashable {
    /// `--role-arn`: the role to assume.
    package var roleARN: String?
    /// `--region`: the region of the STS endpoint.
    package var region: String?
    /// `--audience`: the audience that the identity token must be for.
    package var audience: String?
    /// `--token-file`: the file that holds the identity token.
    package var tokenFile: String?
    /// `--token-env`: the name of the variable that holds the identity token.
    package var tokenEnvironment: String?
    /// `--token-command`: the command that prints the identity token; split into words, without a shell.
    package var tokenCommand: String?
    /// `--session-name`: the name of the role session.
    package var sessionName: String?
    /// `--duration`: how long the credentials should hold, as `3600`, `45m` or `1h30m`.
    package var duration: String?
    /// `--session-policy`: a JSON policy that narrows what the role allows.
    package var sessionPolicy: String?
    /// `--policy-arn`: managed policies that narrow what the role allows.
    package var policyARNs: [String]
    /// `--allowed-account`: the numbers of the accounts whose roles may be assumed.
    package var allowedAccounts: [String]
    /// `--sts-endpoint`: the URL to use in place of the region's endpoint.
    package var stsEndpoint: String?

    /// Creates options, none of them given.
    package init(
        roleARN: String? = nil,
        region: String? = nil,
        audience: String? = nil,
        tokenFile: String? = nil,
        tokenEnvironment: String? = nil,
        tokenCommand: String? = nil,
        sessionName: String? = nil,
        duration: String? = nil,
        sessionPolicy: String? = nil,
        policyARNs: [String] = [],
        allowedAccounts: [String] = [],
        stsEndpoint: String? = nil
    ) {
        self.roleARN = roleARN
        self.region = region
        self.audience = audience
        self.tokenFile = tokenFile
        self.tokenEnvironment = tokenEnvironment
        self.tokenCommand = tokenCommand
        self.sessionName = sessionName
        self.duration = duration
        self.sessionPolicy = sessionPolicy
        self.policyARNs = policyARNs
        self.allowedAccounts = allowedAccounts
        self.stsEndpoint = stsEndpoint
    }
}
