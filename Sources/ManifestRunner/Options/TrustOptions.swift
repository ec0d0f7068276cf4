internal import ArgumentParser
internal import CredentialInjector

/// Whose tokens a role lets in.
struct TrustOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The issuer of the tokens: their claim iss.", valueName: "url"))
    var issuer: String?

    @Option(help: ArgumentHelp("The audience of the tokens: their claim aud. Repeatable.", valueName: "audience"))
    var audience: [String] = []

    @Option(
        help: ArgumentHelp(
            "The subject of the tokens: their claim sub, where * and ? may stand for other text. Repeatable.",
            valueName: "subject"
        )
    )
    var subject: [String] = []

    mutating func validate() throws {
        try OptionVariables.fill(&issuer, "issuer")
        try OptionVariables.fill(&audience, "audience", needsValue: false)
        try OptionVariables.fill(&subject, "subject", needsValue: false)
    }

    /// The policy that the options describe.
    ///
    /// - Throws: ``RunFailure`` or ``CredentialError`` when one is missing or cannot be.
    func template() throws -> TrustPolicyTemplate {
        guard let issuer else {
            throw RunFailure(.usage, "--issuer is missing", hint: "give the issuer as the token's claim iss has it")
        }
        return try TrustPolicyTemplate(issuer: IssuerURL(issuer), audiences: audience, subjects: subject)
    }
}
