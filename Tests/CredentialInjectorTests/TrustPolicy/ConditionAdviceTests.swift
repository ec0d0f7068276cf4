import Testing

@testable import CredentialInjector

/// The mistakes that people make in trust policies, and what is said about each.
struct ConditionAdviceTests {
    private func advice(
        _ comparison: String,
        _ key: String,
        _ value: String,
        subject: String = "repo:org/app:pull_request"
    ) throws -> String {
        let payload = #"{"iss":"https://issuer.example.com","sub":"\#(subject)","aud":"a","exp":1700003600}"#
        let token = try TokenFactory.token(TokenFactory.text(payload: payload))
        let request = try TrustRequest(token: token, settings: try Samples.settings(), now: TokenFactory.now)
        let policy = try PolicySamples.policy(
            PolicySamples.statement(#"{"\#(comparison)": {"\#(key)": \#(value)}}"#)
        )
        let explanation = TrustEvaluator.explain(policy, request)
        #expect(explanation.verdict != .allowed)
        return explanation.fixes.joined(separator: "\n")
    }

    @Test(arguments: [
        ("StringEquals", "https://issuer.example.com:sub", #""x""#, "must not have https://"),
        ("StringEquals", "issuer.example.com/:sub", #""x""#, "a slash too many: write issuer.example.com:sub"),
        ("StringEquals", "token.actions.githubusercontent.com:sub", #""x""#, "another issuer"),
        ("StringEquals", "issuer.example.com:sub", #""repo:org/app:*""#, "use StringLike"),
        ("ForAnyValue:StringEquals", "issuer.example.com:sub", #""repo:*""#, "use ForAnyValue:StringLike"),
        ("StringLike", "issuer.example.com:sub", #""repo:Org/*""#, "upper and lower case differ"),
        ("StringEquals", "issuer.example.com:sub", #""repo:org/app:pull_request ""#, "white space"),
        ("StringEquals", "issuer.example.com:sub", #""repo:org/app:pull_request/""#, "a slash at the end"),
        ("StringEquals", "issuer.example.com:sub", #""https://repo:org/app:pull_request""#, "only https://"),
        (
            "StringLike", "issuer.example.com:sub", #""repo:org/app:ref:refs/heads/main""#,
            "kind of run is \"pull_request\""
        ),
        (
            "StringLike", "issuer.example.com:sub", #""repo:org/other:*""#,
            "repository is \"org/app\", not \"org/other\""
        ),
        (
            "StringEquals", "issuer.example.com:aud", #""b""#,
            "request the token for the audience that the policy names: \"b\""
        ),
        ("StringEquals", "issuer.example.com:aud", #"["b", "c"]"#, "write \"a\" there"),
        ("StringEquals", "issuer.example.com:sub", #"["1", "2", "3", "4", "5"]"#, "…"),
        ("StringNotLike", "issuer.example.com:sub", #""repo:*""#, "keeps \"repo:org/app:pull_request\" away"),
        ("Null", "issuer.example.com:sub", #""true""#, "must not have"),
        ("Null", "issuer.example.com:amr", #""false""#, "must have"),
        ("StringEquals", "issuer.example.com:amr", #""x""#, "has no issuer.example.com:amr"),
        ("StringEquals", "sts:SourceIdentity", #""x""#, "has no sts:SourceIdentity"),
        ("IpAddress", "aws:SourceIp", #""1.2.3.4/32""#, "compare aws:SourceIp yourself"),
    ])
    func `the nearest change is named`(comparison: String, key: String, value: String, part: String) throws {
        let advice = try advice(comparison, key, value)
        #expect(advice.contains(part), "\(advice)")
    }

    @Test(arguments: [
        ("system:serviceaccount:a:b", "system:serviceaccount:x:b", "namespace is \"x\", not \"a\""),
        ("system:serviceaccount:a:b", "system:serviceaccount:a:y", "service account is \"y\", not \"b\""),
        (
            "project_path:g/p:ref_type:branch:ref:main", "project_path:g/p:ref_type:tag:ref:main",
            "type of reference is \"tag\""
        ),
        ("organization:a:pipeline:p:ref:r", "organization:a:pipeline:q:ref:r", "pipeline is \"q\""),
        ("system:serviceaccount:a:b", "something else", "write \"something else\" in the policy"),
    ])
    func `of a subject the part that differs is named`(expected: String, actual: String, part: String) throws {
        let advice = try advice("StringEquals", "issuer.example.com:sub", #""\#(expected)""#, subject: actual)
        #expect(advice.contains(part), "\(advice)")
    }

    @Test func `a claim that matches, but that AWS may not offer, is said to`() throws {
        let request = try PolicySamples.request(#","repository":"org/app""#)
        let condition = #"{"StringEquals": {"issuer.example.com:repository": "org/app"}}"#
        let explanation = try PolicySamples.explain(
            try PolicySamples.policy(PolicySamples.statement(condition)),
            request
        )
        #expect(explanation.fixes.first?.contains("if AWS offers this claim") == true)
    }

    @Test func `text from a token or a policy cannot steer the terminal`() throws {
        let advice = try advice("StringEquals", "issuer.example.com:sub", #""\u001b[31mred""#, subject: #"\u001b]0;x"#)
        #expect(!advice.contains("\u{1B}"))
    }
}
