internal import ArgumentParser
internal import CredentialInjector

/// Whose account is looked at or changed.
struct AdminOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The account that it must be: 12 digits.", valueName: "number"))
    var account: String?

    @Option(help: ArgumentHelp("The profile of the AWS tools with your own credentials.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("A region of the account's partition.", valueName: "region"))
    var region: String?

    mutating func validate() throws {
        try OptionVariables.fill(&account, "account")
        try OptionVariables.check(profile, "profile")
        try OptionVariables.check(region, "region")
    }

    var access: AdminAccess.Options {
        AdminAccess.Options(profile: profile, region: region, account: account)
    }

    /// The options of the `aws` program that stand for these.
    var commandOptions: [String] {
        profile.map { ["--profile", $0] } ?? []
    }
}
