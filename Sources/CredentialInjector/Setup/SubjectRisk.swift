/// Tells which subjects of a trust policy let in more than is likely meant.
package enum SubjectRisk {
    /// Issuers whose tokens anybody can get, each for a project of their own.
    private static let sharedIssuers: Set<String> = [
        "token.actions.githubusercontent.com", "gitlab.com", "agent.buildkite.com", "accounts.google.com",
        "app.terraform.io", "oidc.vercel.com", "cognito-identity.amazonaws.com",
    ]

    /// Returns a warning for each dangerous subject.
    package static func warnings(of template: TrustPolicyTemplate) -> [String] {
        template.subjects.compactMap { warning(subject: $0, issuer: template.issuer.hostAndPath) }
    }

    private static func warning(subject: String, issuer: String) -> String? {
        guard let index = subject.firstIndex(where: { $0 == "*" || $0 == "?" }) else { return nil }
        let shown = "subject '\(DisplayText.clean(subject, limit: 120))'"
        let fixed = subject[..<index]
        if fixed.isEmpty {
            return "\(shown) lets in every token of \(issuer)"
                + (sharedIssuers.contains(issuer) ? ", and anybody can get one there" : "")
        }
        if sharedIssuers.contains(issuer), !fixed.contains("/") {
            return "\(shown) lets in projects of others: the owner, up to its /, has a wildcard in it"
        }
        let account = "system:serviceaccount:"
        if subject.hasPrefix("system:") || account.hasPrefix(fixed) {
            let rest = fixed.hasPrefix(account) ? fixed.dropFirst(account.count) : ""
            if !rest.contains(":") { return "\(shown) lets in service accounts of more than one namespace" }
            return "\(shown) lets in more than one service account of a namespace"
        }
        return nil
    }
}
