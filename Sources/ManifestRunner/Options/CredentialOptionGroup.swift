internal import ArgumentParser

/// The role to assume and the identity token to exchange for it.
///
/// The variables of the settings are read by `CredentialSettings`, which names in its errors where a value came from.
struct CredentialOptionGroup: ParsableArguments {
    @Option(name: .customLong("role-arn"), help: ArgumentHelp("The role to assume.", valueName: "arn"))
    var roleARN: String?

    @Option(help: ArgumentHelp("The region of the STS endpoint, and of the commands.", valueName: "region"))
    var region: String?

    @Option(help: ArgumentHelp("The audience that the token must have.", valueName: "audience"))
    var audience: String?

    @Option(help: ArgumentHelp("A file with the identity token, read at every exchange.", valueName: "path"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("The variable that holds the identity token.", valueName: "name"))
    var tokenEnv: String?

    @Option(help: ArgumentHelp("A program, with arguments, that prints the identity token.", valueName: "command"))
    var tokenCommand: String?

    @Option(help: ArgumentHelp("The session's name, as it appears in CloudTrail.", valueName: "name"))
    var sessionName: String?

    @Option(help: ArgumentHelp("How long the credentials last: 15m to 12h.", valueName: "duration"))
    var duration: DurationArgument?

    @Option(help: ArgumentHelp("A policy, as JSON, that narrows what the role may do.", valueName: "json"))
    var sessionPolicy: String?

    @Option(
        name: .customLong("policy-arn"),
        help: ArgumentHelp("A managed policy that narrows what the role may do. Repeatable.", valueName: "arn")
    )
    var policyARNs: [String] = []

    @Option(
        name: .customLong("allowed-account"),
        help: ArgumentHelp("An account whose roles may be assumed; without one, any. Repeatable.", valueName: "number")
    )
    var allowedAccounts: [String] = []

    @Option(
        name: .customLong("sts-endpoint"),
        help: ArgumentHelp("The URL of STS, in place of the region's.", valueName: "url")
    )
    var stsEndpoint: String?

    @Flag(help: "Run without credentials, even where a role is configured.")
    var noCredentials = false

    mutating func validate() throws {
        try OptionVariables.check(roleARN, "role-arn")
        try OptionVariables.check(region, "region")
        try OptionVariables.check(audience, "audience")
        try OptionVariables.check(tokenFile, "token-file")
        try OptionVariables.check(tokenEnv, "token-env")
        try OptionVariables.check(tokenCommand, "token-command")
        try OptionVariables.check(sessionName, "session-name")
        try OptionVariables.check(duration, "duration")
        try OptionVariables.check(sessionPolicy, "session-policy")
        try OptionVariables.check(policyARNs.first, "policy-arn")
        try OptionVariables.check(allowedAccounts.first, "allowed-account")
        try OptionVariables.check(stsEndpoint, "sts-endpoint")
        try OptionVariables.fill(&noCredentials, "no-credentials")
    }
}
