/// The trust policy of Okteto's guide: who may assume a role with an identity token.
package struct TrustPolicyTemplate: Sendable, Hashable {
    /// The issuer of the tokens.
    package let issuer: IssuerURL
    /// The audiences, of which the token must be for one.
    package let audiences: [String]
    /// The subjects, of which the token must have one; `*` and `?` stand for any text and any character.
    package let subjects: [String]

    /// Creates a template.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when an audience or a subject is missing or cannot be one.
    package init(issuer: IssuerURL, audiences: [String], subjects: [String]) throws(CredentialError) {
        try Self.check(audiences, "audience", "--audience", limit: 255)
        try Self.check(subjects, "subject", "--subject", limit: 1024)
        // The names of these claims are conditions of their own; patterns are for subjects.
        if let pattern = audiences.first(where: Self.isPattern) {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(pattern, limit: 120))' has a wildcard, which an audience may not",
                nextStep: "give each audience by itself"
            )
        }
        self.issuer = issuer
        self.audiences = audiences
        self.subjects = subjects
    }

    private static func check(
        _ values: [String],
        _ what: String,
        _ option: String,
        limit: Int
    ) throws(CredentialError) {
        guard !values.isEmpty else {
            throw CredentialError(
                .settings,
                "no \(what) is given: without one, every token of the issuer would be let in",
                nextStep: "give \(option)"
            )
        }
        for value in values {
            let isClean = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            guard !value.isEmpty, value.utf8.count <= limit, isClean, !value.contains("${") else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(value, limit: 120))' cannot be the \(what) of a token",
                    nextStep: "give it as the token's claim has it, of at most \(limit) characters"
                )
            }
        }
    }

    static func isPattern(_ text: String) -> Bool { text.contains("*") || text.contains("?") }

    /// Whether AWS knows the issuer by itself, so that an account needs no identity provider for it.
    package var isBuiltIn: Bool { FederatedProvider.builtIn.contains(issuer.hostAndPath) }

    /// The name of the issuer's identity provider in an account, or of the issuer where AWS knows it by itself.
    package func provider(partition: String, account: String) -> String {
        isBuiltIn ? issuer.hostAndPath : "arn:\(partition):iam::\(account):oidc-provider/\(issuer.hostAndPath)"
    }

    /// The statement that lets the tokens in.
    func statement(provider: String) -> JSONValue {
        let audience = JSONMember(issuer.hostAndPath + ":aud", Self.oneOrMore(audiences))
        let subject = JSONMember(issuer.hostAndPath + ":sub", Self.oneOrMore(subjects))
        let hasPattern = subjects.contains(where: Self.isPattern)
        return .object([
            "Effect": .string("Allow"),
            "Principal": .object(["Federated": .string(provider)]),
            "Action": .string("sts:AssumeRoleWithWebIdentity"),
            "Condition": .object([
                "StringEquals": .object(hasPattern ? [audience] : [audience, subject]),
                "StringLike": hasPattern ? .object([subject]) : nil,
            ]),
        ])
    }

    /// The whole policy for a role that trusts nobody else.
    package func policy(provider: String) -> PolicyDocument {
        PolicyDocument(statements: [statement(provider: provider)])
    }

    private static func oneOrMore(_ values: [String]) -> JSONValue {
        values.count == 1 ? .string(values[0]) : .array(values.map { .string($0) })
    }
}
