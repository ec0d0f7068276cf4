/// Compares the principal of a statement with the provider of the token.
enum FederatedProvider {
    /// The issuers that AWS knows without a provider in the account, by the name that they have as a principal.
    static let builtIn: Set<String> = [
        "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com",
    ]

    /// Returns whether a principal is the provider of the request's token, and if not, what would make it so.
    static func compare(
        _ principal: PolicyPrincipal,
        _ request: TrustRequest
    ) -> (matches: Bool, advice: String?) {
        if principal.isEveryone { return (true, nil) }
        guard principal.kind == "Federated" else {
            return (
                false,
                "a token's principal is of the kind Federated, and not \(principal.kind): "
                    + "\"Principal\": {\"Federated\": \"\(shown(request.providerARN))\"}"
            )
        }
        let name = principal.name
        // Hosts are compared without regard to case, paths with it; whether IAM does is not documented, so exactly.
        if name == request.providerARN { return (true, nil) }
        if name == request.host, builtIn.contains(name) { return (true, nil) }
        return (false, advice(name, request))
    }

    private static func advice(_ name: String, _ request: TrustRequest) -> String {
        let wanted = shown(request.providerARN)
        let parts = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5].hasPrefix("oidc-provider/") else {
            return "a provider is named by its ARN: write \(wanted)"
        }
        let host = parts[5].dropFirst("oidc-provider/".count)
        if host == request.host {
            return parts[4] == request.role.account
                ? "the partition differs: write \(wanted)"
                : "the provider is in account \(shown(String(parts[4]))), but must be in the role's: write \(wanted)"
        }
        if host.lowercased().hasPrefix("https://") { return "the ARN must not have https://: write \(wanted)" }
        if host.lowercased() == request.host.lowercased() { return "upper and lower case differ: write \(wanted)" }
        if host.hasSuffix("/"), host.dropLast() == request.host { return "there is a slash too many: write \(wanted)" }
        return "the provider is of another issuer than the token's: write \(wanted), or use a token of "
            + shown(String(host))
    }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 300) }
}
