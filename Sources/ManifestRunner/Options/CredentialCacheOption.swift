internal import ArgumentParser

/// Whether credentials are kept on the disk.
struct CredentialCacheOption: ParsableArguments {
    @Flag(
        name: .customLong("credentials-cache"),
        help: "Keep the credentials in a file of yours alone, for other runs with the same settings and identity."
    )
    var isUsed = false

    mutating func validate() throws {
        try OptionVariables.fill(&isUsed, "credentials-cache")
    }
}
