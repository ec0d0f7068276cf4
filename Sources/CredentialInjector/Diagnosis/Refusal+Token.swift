extension Refusal {
    /// What `AccessDenied` means: the trust policy, mostly.
    static func accessDenied(_ message: String, _ token: IdentityToken, _ settings: CredentialSettings) -> Refusal {
        let role = settings.roleARN.value
        if message.contains("service control policy") || message.contains("resource control policy") {
            return Refusal(
                "a policy of the organization denies the exchange",
                "ask those who manage the organization to allow sts:AssumeRoleWithWebIdentity for \(role.text)"
            )
        }
        if message.contains("tagsession") || message.contains("setsourceidentity") {
            return Refusal(
                "the token sets session tags or a source identity, which the trust policy does not allow",
                "add sts:TagSession and sts:SetSourceIdentity to the Action of the trust policy"
            )
        }
        let host = host(of: token)
        let audience = DisplayText.clean(token.claims.authorizedParty ?? token.claims.audiences.first ?? "", limit: 300)
        let subject = DisplayText.clean(token.claims.subject ?? "", limit: 300)
        return Refusal(
            "the role's trust policy does not let this token in, or there is no such role",
            "check that the role exists, and that its trust policy allows sts:AssumeRoleWithWebIdentity to the "
                + "federated principal \(provider(of: token, settings)) with the conditions \(host):aud = \(audience) and "
                + "\(host):sub = \(subject) (compared with regard to case); "
                + "'okteto-run aws explain --trust-policy FILE' compares it"
        )
    }

    /// What `InvalidIdentityToken` means, which has many messages.
    static func invalidToken(_ message: String, _ token: IdentityToken, _ settings: CredentialSettings) -> Refusal {
        let account = settings.roleARN.value.account
        if message.contains("missing a required claim") {
            return Refusal("the token lacks a claim that AWS needs", "have the provider put iss, sub, aud and exp in")
        }
        if message.contains("audience") {
            return Refusal(
                "the token's audience is not among the client ids of the account's identity provider",
                "add the token's audience to the client ids of the IAM identity provider "
                    + "\(provider(of: token, settings)), or request a token for one of them"
            )
        }
        if message.contains("provider found") {
            return Refusal(
                "account \(account) has no identity provider for the token's issuer",
                "create an IAM OIDC identity provider for the token's issuer in account \(account), or use a token of an "
                    + "issuer that has one; the URL must be the issuer's to the letter"
            )
        }
        if message.contains("thumbprint") {
            return Refusal(
                "the issuer's server presents an authority that the identity provider does not know",
                "give the provider the thumbprint that 'okteto-run credentials check' shows "
                    + "(aws iam update-open-id-connect-provider-thumbprint)"
            )
        }
        if message.contains("verification key") {
            return Refusal(
                "AWS could not get the issuer's keys, or not the one that the token names",
                "see that the issuer's keys are reachable from the internet within seconds, and have the key that the "
                    + "token names: okteto-run credentials check reads them"
            )
        }
        if message.contains("signature") || message.contains("jwt") || message.contains("valid") {
            return Refusal(
                "AWS does not read the token as one of the issuer, or its signature is not the issuer's",
                "verify it with okteto-run credentials check, and see that it is unchanged"
            )
        }
        return Refusal(
            "AWS does not take the token as one of the issuer",
            "check that the token is unchanged, and that the IAM identity provider is for its issuer: "
                + "okteto-run credentials check verifies it"
        )
    }

    /// What an error about a parameter means.
    static func invalidParameter(_ message: String, _ token: IdentityToken, _ settings: CredentialSettings) -> Refusal {
        if message.contains("maxsessionduration") || message.contains("durationseconds") {
            let asked = settings.duration.map { "\($0.value) s (\($0.origin))" } ?? "the standard 3600 s"
            return Refusal(
                "the session would be longer, or shorter, than the role allows: \(asked)",
                "ask for a shorter session with --duration, at least 15m, or raise the role's maximum session duration"
            )
        }
        if message.contains("rolesessionname") {
            return Refusal(
                "the session's name '\(settings.sessionName.value)' is none that STS takes",
                "give --session-name 2 to 64 of: A-Z a-z 0-9 _ + = , . @ -"
            )
        }
        if message.contains("webidentitytoken") {
            return Refusal("the token has a length that STS does not take", "have the provider issue a shorter token")
        }
        if message.contains("rolearn") || message.contains(" arn") {
            return Refusal(
                "the role's ARN is none that STS takes",
                "correct --role-arn: arn:aws:iam::ACCOUNT:role/NAME"
            )
        }
        if message.contains("policy") {
            return Refusal("a session policy is none that STS takes", "correct --session-policy or --policy-arn")
        }
        return Refusal(
            "a parameter is none that the service takes; it does not say which",
            "compare duration (--duration), session name and session policy with what the service and role allow"
        )
    }

    /// The issuer as condition keys have it.
    static func host(of token: IdentityToken) -> String {
        let issuer = DisplayText.clean(token.claims.issuer ?? "", limit: 300)
        return ["https://", "http://"].first { issuer.hasPrefix($0) }.map { String(issuer.dropFirst($0.count)) }
            ?? issuer
    }

    /// The ARN that the issuer's provider has in the role's account.
    static func provider(of token: IdentityToken, _ settings: CredentialSettings) -> String {
        let role = settings.roleARN.value
        return "arn:\(role.partition):iam::\(role.account):oidc-provider/\(host(of: token))"
    }
}
