import Testing

@testable import CredentialInjector

struct TrustEvaluatorTests {
    private static let host = PolicySamples.host
    private static let guide = """
        {"StringEquals": {"issuer.example.com:aud": "okteto.example.com/us-east-2",
        "issuer.example.com:sub": "system:serviceaccount:okteto:okteto"}}
        """

    @Test func `the guide's policy lets its token in`() throws {
        let explanation = try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(Self.guide)))
        #expect(explanation.verdict == .allowed)
        #expect(explanation.fixes.isEmpty)
        #expect(explanation.lines.first?.contains("lets this token assume \(Samples.role)") == true)
    }

    @Test func `one of several statements is enough`() throws {
        let other = #"{"StringEquals": {"issuer.example.com:sub": "other"}}"#
        let policy = try PolicySamples.policy(PolicySamples.statement(other), PolicySamples.statement(Self.guide))
        #expect(try PolicySamples.explain(policy).verdict == .allowed)
        #expect(try PolicySamples.explain(policy).nearest?.number == 2)
    }

    @Test func `a statement that denies wins over any that allow`() throws {
        let policy = try PolicySamples.policy(
            PolicySamples.statement(Self.guide),
            PolicySamples.statement(
                #"{"StringLike": {"issuer.example.com:sub": "system:*"}}"#,
                effect: "Deny",
                principal: #""*""#,
                action: #""sts:*""#
            )
        )
        let explanation = try PolicySamples.explain(policy)
        #expect(explanation.verdict == .denied)
        #expect(explanation.fixes.first?.contains("statement 2 denies") == true)
        #expect(explanation.lines.contains("statement 2 (Deny) applies"))
    }

    @Test func `a policy that only denies allows nothing`() throws {
        let deny = PolicySamples.statement(#"{"StringEquals": {"x:y": "z"}}"#, effect: "Deny")
        let explanation = try PolicySamples.explain(try PolicySamples.policy(deny))
        #expect(explanation.verdict == .notAllowed)
        #expect(explanation.fixes.first?.contains("add one") == true)
    }

    @Test(arguments: [
        (#"{"Federated": ["arn:aws:iam::1:oidc-provider/a", "\#(PolicySamples.provider)"]}"#, true, ""),
        (#""*""#, true, ""), (#"{"AWS": "*"}"#, true, ""),
        (#"{"Federated": "arn:aws:iam::999999999999:oidc-provider/issuer.example.com"}"#, false, "999999999999"),
        (#"{"Federated": "arn:aws:iam::112233445566:oidc-provider/https://issuer.example.com"}"#, false, "https://"),
        (#"{"Federated": "arn:aws:iam::112233445566:oidc-provider/Issuer.example.com"}"#, false, "case"),
        (#"{"Federated": "arn:aws:iam::112233445566:oidc-provider/issuer.example.com/"}"#, false, "slash"),
        (#"{"Federated": "arn:aws:iam::112233445566:oidc-provider/other.example.com"}"#, false, "other.example.com"),
        (#"{"Federated": "arn:aws-cn:iam::112233445566:oidc-provider/issuer.example.com"}"#, false, "partition"),
        (#"{"Federated": "issuer.example.com"}"#, false, "its ARN"),
        (#"{"AWS": "arn:aws:iam::112233445566:root"}"#, false, "Federated"),
        (#"{"Service": "ec2.amazonaws.com"}"#, false, "Federated"),
    ])
    func `the principal must be the token's provider in the role's account`(
        principal: String,
        isAllowed: Bool,
        advice: String
    ) throws {
        let policy = try PolicySamples.policy(PolicySamples.statement(Self.guide, principal: principal))
        let explanation = try PolicySamples.explain(policy)
        #expect((explanation.verdict == .allowed) == isAllowed)
        #expect(isAllowed || explanation.fixes.first?.contains(advice) == true, "\(explanation.fixes)")
        #expect(isAllowed || explanation.fixes.first?.contains(PolicySamples.provider) == true)
    }

    @Test func `NotPrincipal is for all others`() throws {
        let statement = PolicySamples.statement(Self.guide).replacing("\"Principal\"", with: "\"NotPrincipal\"")
        #expect(try PolicySamples.explain(try PolicySamples.policy(statement)).verdict == .notAllowed)
        let other = statement.replacing("112233445566", with: "999999999999")
        #expect(try PolicySamples.explain(try PolicySamples.policy(other)).verdict == .allowed)
    }

    @Test(arguments: [
        (#""sts:AssumeRoleWithWebIdentity""#, true), (#""STS:assumerolewithwebidentity""#, true),
        (#""sts:*""#, true), (#""*""#, true), (#""sts:AssumeRoleWith*""#, true),
        (#"["sts:TagSession", "sts:AssumeRoleWithWebIdentity"]"#, true), (#""sts:AssumeRole""#, false),
        (#""sts:AssumeRoleWithSAML""#, false), (#""iam:*""#, false),
    ])
    func `the action is compared without regard to case and with wildcards`(action: String, isAllowed: Bool) throws {
        let policy = try PolicySamples.policy(PolicySamples.statement(Self.guide, action: action))
        let explanation = try PolicySamples.explain(policy)
        #expect((explanation.verdict == .allowed) == isAllowed)
        #expect(isAllowed || explanation.fixes.first?.contains("sts:AssumeRoleWithWebIdentity") == true)
    }

    @Test func `NotAction is for all others`() throws {
        let statement = PolicySamples.statement(Self.guide, action: #""sts:AssumeRole""#)
        let policy = try PolicySamples.policy(statement.replacing("\"Action\"", with: "\"NotAction\""))
        #expect(try PolicySamples.explain(policy).verdict == .allowed)
    }

    @Test func `keys are compared without regard to case, values with it`() throws {
        let upper = #"{"StringEquals": {"ISSUER.example.com:SUB": "system:serviceaccount:okteto:okteto"}}"#
        #expect(try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(upper))).verdict == .allowed)
        let value = #"{"StringEquals": {"issuer.example.com:sub": "System:serviceaccount:okteto:okteto"}}"#
        let explanation = try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(value)))
        #expect(explanation.verdict == .notAllowed)
        #expect(explanation.fixes.first?.contains("case") == true)
    }

    @Test func `session tags need an action of their own`() throws {
        let tags = #","https://aws.amazon.com/tags":{"principal_tags":{"team":["a"]},"transitive_tag_keys":["team"]}"#
        let request = try PolicySamples.request(tags)
        let plain = try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(Self.guide)), request)
        #expect(plain.verdict == .notAllowed)
        #expect(plain.fixes.first?.contains("sts:TagSession") == true)
        let both = #"["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]"#
        let condition = """
            {"StringEquals": {"aws:RequestTag/Team": "a"}, "ForAllValues:StringEquals": {"aws:TagKeys": "team",
            "sts:TransitiveTagKeys": "team"}}
            """
        let policy = try PolicySamples.policy(PolicySamples.statement(condition, action: both))
        #expect(try PolicySamples.explain(policy, request).verdict == .allowed)
        let flat = #","https://aws.amazon.com/tags/principal_tags/team":"a""#
        #expect(try PolicySamples.explain(policy, try PolicySamples.request(flat)).verdict == .allowed)
    }

    @Test func `a source identity needs an action of its own, and can be compared`() throws {
        let request = try PolicySamples.request(#","https://aws.amazon.com/source_identity":"me""#)
        let policy = try PolicySamples.policy(
            PolicySamples.statement(
                #"{"StringEquals": {"sts:SourceIdentity": "me"}}"#,
                action: #"["sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity"]"#
            )
        )
        #expect(try PolicySamples.explain(policy, request).verdict == .allowed)
        let plain = try PolicySamples.policy(PolicySamples.statement(Self.guide))
        #expect(try PolicySamples.explain(plain, request).action == "sts:SetSourceIdentity")
    }

    @Test(arguments: [
        ("aws:CurrentTime", "DateGreaterThan", "2023-11-14", TrustVerdict.allowed),
        ("aws:EpochTime", "NumericLessThan", "1700000001", .allowed),
        ("aws:RequestedRegion", "StringEquals", "us-east-2", .allowed),
        ("aws:SecureTransport", "Bool", "true", .allowed),
        ("aws:FederatedProvider", "StringEquals", PolicySamples.provider, .allowed),
        ("sts:RoleSessionName", "StringLike", "okteto-run-*", .allowed),
        ("aws:PrincipalOrgID", "StringEquals", "o-1", .notAllowed), ("aws:PrincipalArn", "Null", "true", .allowed),
        ("aws:SourceIp", "IpAddress", "10.0.0.0/8", .undecided), ("sts:ExternalId", "StringEquals", "x", .undecided),
        ("issuer.example.com:repository", "StringEquals", "org/app", .undecided),
        ("issuer.example.com:repository", "StringEquals", "other", .notAllowed),
        ("issuer.example.com:nothing", "StringEquals", "x", .notAllowed),
        ("issuer.example.com:amr", "StringLike", "auth*", .allowed),
        ("issuer.example.com:oaud", "Null", "true", .allowed), ("saml:aud", "StringEquals", "x", .notAllowed),
    ])
    func `what the request has for a key is known, or said not to be`(
        key: String,
        comparison: String,
        value: String,
        verdict: TrustVerdict
    ) throws {
        let request = try PolicySamples.request(#","repository":"org/app","amr":["authenticated","x"]"#)
        let condition = #"{"\#(comparison)": {"\#(key)": "\#(value)"}}"#
        let explanation = try PolicySamples.explain(
            try PolicySamples.policy(PolicySamples.statement(condition)),
            request
        )
        #expect(explanation.verdict == verdict)
        #expect(explanation.fixes.isEmpty == (verdict == .allowed))
    }

    @Test func `a denial that only AWS can decide leaves it open`() throws {
        let deny = PolicySamples.statement(#"{"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#, effect: "Deny")
        let explanation = try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(Self.guide), deny))
        #expect(explanation.verdict == .undecided)
        #expect(explanation.lines.first?.contains("cannot be told") == true)
    }

    @Test func `the authorized party stands in for the audience`() throws {
        let request = try PolicySamples.request(#","azp":"client""#)
        let party = #"{"StringEquals": {"issuer.example.com:aud": "client"}}"#
        let audience = #"{"StringEquals": {"issuer.example.com:aud": "okteto.example.com/us-east-2"}}"#
        let original = #"{"StringEquals": {"issuer.example.com:oaud": "okteto.example.com/us-east-2"}}"#
        for (condition, verdict) in [(party, TrustVerdict.allowed), (audience, .notAllowed), (original, .allowed)] {
            let policy = try PolicySamples.policy(PolicySamples.statement(condition))
            #expect(try PolicySamples.explain(policy, request).verdict == verdict)
        }
        let explanation = try PolicySamples.explain(
            try PolicySamples.policy(PolicySamples.statement(audience)),
            request
        )
        #expect(explanation.lines.contains { $0.contains("azp, which AWS compares") })
    }

    @Test func `variables are put in, in the new version of the language alone`() throws {
        let condition = #"{"StringEquals": {"sts:RoleSessionName": "${sts:RoleSessionName}"}}"#
        let new = try PolicySamples.policy(PolicySamples.statement(condition))
        let old = try PolicySamples.policy(PolicySamples.statement(condition), version: "2008-10-17")
        #expect(try PolicySamples.explain(new).verdict == .allowed)
        #expect(try PolicySamples.explain(old).verdict == .notAllowed)
        let unknown = #"{"StringEquals": {"sts:RoleSessionName": "${aws:SourceIp}"}}"#
        let explanation = try PolicySamples.explain(try PolicySamples.policy(PolicySamples.statement(unknown)))
        #expect(explanation.verdict == .notAllowed)
        #expect(explanation.fixes.first?.contains("variable") == true)
    }

    @Test func `an issuer that AWS knows by itself needs no ARN`() throws {
        let payload = #"{"iss":"https://accounts.google.com","sub":"1","aud":"a","exp":1700003600}"#
        let token = try TokenFactory.token(TokenFactory.text(payload: payload))
        let request = try TrustRequest(token: token, settings: try Samples.settings(), now: TokenFactory.now)
        let policy = try PolicySamples.policy(
            PolicySamples.statement(
                #"{"StringEquals": {"accounts.google.com:sub": "1", "aws:FederatedProvider": "accounts.google.com"}}"#,
                principal: #"{"Federated": "accounts.google.com"}"#
            )
        )
        #expect(try PolicySamples.explain(policy, request).verdict == .allowed)
    }

    @Test func `a payload that readers read differently is not explained`() {
        let error = #expect(throws: CredentialError.self) { try PolicySamples.request(#","sub":"other""#) }
        #expect(error?.code == .token)
        #expect(error.map { "\($0)" }?.contains("twice") == true)
    }

    @Test func `the answer for a program has every comparison`() throws {
        let condition = #"{"StringEquals": {"issuer.example.com:sub": ["a", "b"], "aws:SourceIp": "x"}}"#
        let statement = PolicySamples.statement(condition).replacing("{\"Effect\"", with: "{\"Sid\": \"S\", \"Effect\"")
        let explanation = try PolicySamples.explain(try PolicySamples.policy(statement))
        let json = try JSONReader.read(Array(explanation.json.text.utf8))
        #expect(json["verdict"]?.string == "not allowed")
        guard case .array(let statements) = json["statements"],
            case .array(let conditions) = statements[0]["conditions"]
        else { throw CredentialError(.settings, "\(explanation.json.text)") }
        #expect(statements[0]["sid"]?.string == "S")
        #expect(conditions[0]["expected"]?.scalarTexts == ["a", "b"])
        #expect(conditions[0]["actual"]?.scalarTexts == [TokenFactory.subject])
        #expect(conditions[0]["holds"]?.string == "no")
        #expect(conditions[0]["fix"]?.string?.isEmpty == false)
        #expect(conditions[1]["actual"] == nil)
        #expect(conditions[1]["holds"]?.string == "unknown")
        #expect(explanation.lines.contains { $0.contains("statement 1 'S' (Allow) does not apply") })
    }
}
