/// What is to be there in the account: the steps 1 and 2 of Okteto's guide.
package struct SetupRequest: Sendable, Hashable {
    /// Whose tokens are let in.
    package let trust: TrustPolicyTemplate
    /// The role's name.
    package let role: String
    /// The ARNs of managed policies to attach.
    package let policies: [String]
    /// A policy to be part of the role.
    package let inlinePolicy: PolicyDocument?
    /// The fingerprints of authorities, for issuers whose certificate no public authority signed.
    package let thumbprints: [String]
    /// The longest session that the role allows when it is created, in seconds; nil for AWS's own, an hour.
    package let maximumSessionDuration: Int?

    /// The name of the policy that is part of the role.
    package static let inlinePolicyName = "okteto-run"

    /// Creates a request.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when a name or an ARN is not one that IAM takes.
    package init(
        trust: TrustPolicyTemplate,
        role: String,
        policies: [String] = [],
        inlinePolicy: PolicyDocument? = nil,
        thumbprints: [String] = [],
        maximumSessionDuration: Int? = nil
    ) throws(CredentialError) {
        try Self.check(role: role)
        for policy in policies {
            let parts = policy.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5].hasPrefix("policy/"),
                policy.utf8.count <= 2048, policy.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(policy, limit: 120))' is not the ARN of a managed policy",
                    nextStep: "give it as arn:aws:iam::aws:policy/NAME or arn:aws:iam::ACCOUNT:policy/NAME"
                )
            }
        }
        for thumbprint in thumbprints {
            guard thumbprint.utf8.count == 40, thumbprint.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
            else {
                throw CredentialError(
                    .settings,
                    "'\(DisplayText.clean(thumbprint, limit: 80))' is not a fingerprint",
                    nextStep: "give the SHA-1 fingerprint of the certificate as 40 hexadecimal digits, without colons"
                )
            }
        }
        if let seconds = maximumSessionDuration, !(3600...43200).contains(seconds) {
            throw CredentialError(
                .settings,
                "a role cannot allow sessions of at most \(seconds) s",
                nextStep: "give 1h to 12h"
            )
        }
        self.trust = trust
        self.role = role
        self.policies = policies.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        self.inlinePolicy = inlinePolicy
        self.thumbprints = thumbprints.map { $0.lowercased() }
        self.maximumSessionDuration = maximumSessionDuration
    }

    /// Checks the name of a role.
    ///
    /// - Throws: ``CredentialError`` of kind `settings` when IAM takes none of that name.
    package static func check(role name: String) throws(CredentialError) {
        let isWord: (UInt8) -> Bool = { byte in
            Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
        }
        guard (1...64).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 < 0x80 && (isWord($0) || "_+=,.@-".utf8.contains($0)) })
        else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(name, limit: 120))' cannot be the name of a role",
                nextStep: "use 1 to 64 of: A-Z a-z 0-9 _ + = , . @ -"
            )
        }
    }
}
