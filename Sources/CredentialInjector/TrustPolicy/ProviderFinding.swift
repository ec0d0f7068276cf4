/// What became of the account's identity provider, which IAM looks at before any trust policy.
package struct ProviderFinding: Sendable, Hashable {
    /// The name that the provider must have.
    package let arn: String
    /// Whether there is one.
    package let exists: Bool
    /// The audiences that it takes.
    package let clientIDs: [String]
    /// The token's audiences.
    package let audiences: [String]
    /// Whether a token of this audience gets past it.
    package let isPassed: Bool
    /// The nearest change with which it would; nil where it does.
    package let fix: String?

    /// Compares the provider that IAM has, or nil where it has none, with the request's token.
    package init(_ provider: IAMIdentityProvider?, _ request: TrustRequest) {
        arn = request.providerARN
        exists = provider != nil
        clientIDs = provider?.clientIDs ?? []
        audiences = request.claims.authorizedParty.map { [$0] } ?? request.claims.audiences
        let known = Set(clientIDs)
        isPassed = exists && audiences.contains { known.contains($0) }
        // What a token says must not become a command of its own when the line is pasted into a shell.
        let quote = { (text: String) in ShellWords.quote(DisplayText.clean(text, limit: 300)) }
        if provider == nil {
            fix =
                "create the identity provider: aws iam create-open-id-connect-provider --url "
                + "\(quote(request.issuer)) --client-id-list \(quote(audiences.first ?? ""))"
        } else if isPassed {
            fix = nil
        } else {
            fix =
                "add the audience to the provider: aws iam add-client-id-to-open-id-connect-provider "
                + "--open-id-connect-provider-arn \(quote(arn)) --client-id \(quote(audiences.first ?? ""))"
        }
    }

    /// The finding for a person, line by line.
    var lines: [String] {
        let list = clientIDs.map { "\"\(DisplayText.clean($0, limit: 300))\"" }.joined(separator: ", ")
        let own = audiences.map { "\"\(DisplayText.clean($0, limit: 300))\"" }.joined(separator: ", ")
        var lines = ["identity provider \(DisplayText.clean(arn, limit: 300)) \(exists ? "is there" : "is not there")"]
        if exists {
            lines += [
                "  \(isPassed ? "[yes]" : "[NO] ") audience", "      expected: \(list.isEmpty ? "(nothing)" : list)",
                "      actual:   \(own)",
            ]
        }
        if let fix { lines.append("      fix: \(fix)") }
        return lines
    }

    /// The finding for a program.
    var json: JSONValue {
        let texts: ([String]) -> JSONValue = { .array($0.map { .string(DisplayText.clean($0, limit: 300)) }) }
        return .object([
            "arn": .string(DisplayText.clean(arn, limit: 300)),
            "exists": .bool(exists),
            "clientIDs": texts(clientIDs),
            "audiences": texts(audiences),
            "passed": .bool(isPassed),
            "fix": fix.map { .string($0) },
        ])
    }
}
