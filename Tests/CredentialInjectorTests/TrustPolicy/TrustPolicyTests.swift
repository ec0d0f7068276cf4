import Testing

@testable import CredentialInjector

struct TrustPolicyTests {
    private static let good = #"{"Version":"2012-10-17","Statement":[\#(PolicySamples.statement())]}"#

    @Test func `a policy is found alone, in a role, and percent-encoded as IAM sends it`() throws {
        let encoded = Self.good.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for text in [
            Self.good, #"{"AssumeRolePolicyDocument": \#(Self.good)}"#,
            #"{"Role": {"RoleName": "r", "AssumeRolePolicyDocument": \#(Self.good)}}"#,
            #"{"Role": {"AssumeRolePolicyDocument": "\#(encoded)"}}"#,
            #"{"Version":"2012-10-17","Id":"x","Statement":\#(PolicySamples.statement())}"#,
        ] {
            let policy = try PolicySamples.read(text)
            #expect(policy.statements.count == 1)
            #expect(policy.hasVariables)
        }
    }

    @Test func `percent signs without digits stay`() {
        #expect(PercentEncoding.decode("a%zz%4") == Array("a%zz%4".utf8))
        #expect(PercentEncoding.decode("%7B%7b") == Array("{{".utf8))
    }

    @Test func `without a version it is the old language`() throws {
        #expect(try !PolicySamples.read(#"{"Statement":[\#(PolicySamples.statement())]}"#).hasVariables)
    }

    private static let principal = #""Principal":{"Federated":"x"}"#

    @Test(arguments: [
        ("[]", "no JSON object"), ("{", "line 1"), ("{}", "no Statement"), (#"{"Statement":[]}"#, "no Statement"),
        (#"{"Statement":[3]}"#, "statement 1 is no JSON object"), (#"{"Statement":[{}]}"#, "Effect"),
        (#"{"Version":"2020-01-01","Statement":[{}]}"#, "2020-01-01"), (#"{"Statements":[]}"#, "'Statements'"),
        (#"{"Statement":[{"Effect":"allow"}]}"#, "Effect"), (#"{"Statement":[{"Effect":"Allow"}]}"#, "no Principal"),
        (#"{"Statement":[{"Effect":"Allow",\#(principal)}]}"#, "no Action"),
        (
            #"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","NotAction":"b"}]}"#,
            "both Action and NotAction"
        ),
        (#"{"Statement":[{"Effect":"Allow",\#(principal),"Action":{}}]}"#, "neither text nor a list"),
        (#"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Resource":"*"}]}"#, "the role"),
        (#"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Conditions":{}}]}"#, "'Conditions'"),
        (#"{"Statement":[{"Effect":"Allow","Principal":"me","Action":"a"}]}"#, "only *"),
        (#"{"Statement":[{"Effect":"Allow","Principal":[],"Action":"a"}]}"#, "neither * nor an object"),
        (#"{"Statement":[{"Effect":"Allow","Principal":{"OIDC":"x"},"Action":"a"}]}"#, "unknown kind 'OIDC'"),
        (#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":{}},"Action":"a"}]}"#, "no text"),
        (#"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Condition":[]}]}"#, "no object"),
        (
            #"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Condition":{"StringIs":{"k":"v"}}}]}"#,
            "'StringIs'"
        ),
        (
            #"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Condition":{"StringEquals":"k"}}]}"#,
            "without a key"
        ),
        (
            #"{"Statement":[{"Effect":"Allow",\#(principal),"Action":"a","Condition":{"StringEquals":{"k":{}}}}]}"#,
            "neither text nor a list"
        ),
        (#"{"Role":{"AssumeRolePolicyDocument":"%7B"}}"#, "no JSON object"),
    ])
    func `a document that IAM would not keep is refused, and the place is named`(text: String, part: String) {
        let error = #expect(throws: CredentialError.self) { try PolicySamples.read(text) }
        #expect(error?.kind == .settings)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("policy.json") == true)
    }
}
