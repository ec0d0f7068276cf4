import Testing

@testable import CredentialInjector

@Suite struct TrustPolicyTemplateTests {
    static func template(
        issuer: String = "https://oidc.example.com/id/A1",
        audiences: [String] = ["okteto.example.com/us-east-2"],
        subjects: [String] = ["system:serviceaccount:okteto:okteto"]
    ) throws -> TrustPolicyTemplate {
        try TrustPolicyTemplate(issuer: IssuerURL(issuer), audiences: audiences, subjects: subjects)
    }

    @Test func `the policy is that of the guide, with the issuer without its scheme`() throws {
        let template = try Self.template()
        let provider = template.provider(partition: "aws", account: "112233445566")
        #expect(provider == "arn:aws:iam::112233445566:oidc-provider/oidc.example.com/id/A1")
        #expect(
            template.policy(provider: provider).text == """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Principal": {
                        "Federated": "arn:aws:iam::112233445566:oidc-provider/oidc.example.com/id/A1"
                      },
                      "Action": "sts:AssumeRoleWithWebIdentity",
                      "Condition": {
                        "StringEquals": {
                          "oidc.example.com/id/A1:aud": "okteto.example.com/us-east-2",
                          "oidc.example.com/id/A1:sub": "system:serviceaccount:okteto:okteto"
                        }
                      }
                    }
                  ]
                }
                """
        )
        // The policy's own reader takes it.
        _ = try TrustPolicy(Array(template.policy(provider: provider).compact.utf8), from: "test")
    }

    @Test func `a subject with a wildcard is compared as a pattern, the audience still exactly`() throws {
        let template = try Self.template(audiences: ["a", "b"], subjects: ["repo:octo/app:*"])
        let policy = template.policy(provider: "p").compact
        #expect(policy.contains(#""StringEquals":{"oidc.example.com/id/A1:aud":["a","b"]}"#))
        #expect(policy.contains(#""StringLike":{"oidc.example.com/id/A1:sub":"repo:octo/app:*"}"#))
        #expect(!policy.contains(" "))
    }

    @Test func `an issuer that AWS knows by itself needs no provider`() throws {
        let template = try Self.template(issuer: "https://accounts.google.com", subjects: ["1234"])
        #expect(template.isBuiltIn)
        #expect(template.provider(partition: "aws", account: "112233445566") == "accounts.google.com")
    }

    @Test(arguments: [
        "", "oidc.example.com", "ftp://x", "https://", "https://user@host", "https://h/?q", "https://h/#f",
        "https://h:8443/x", "http://oidc.example.com", "https://a b", "https://h/\u{202E}x", "https://h/${x}",
        "https://" + String(repeating: "a", count: 250),
    ])
    func `what cannot be an issuer is refused`(text: String) throws {
        let error = #expect(throws: CredentialError.self) { try IssuerURL(text) }
        #expect(error?.code == .settings)
        #expect(error?.nextStep?.contains("claim iss") == true)
    }

    @Test(arguments: [
        ("https://oidc.example.com/id/", "oidc.example.com/id/"), ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("https://localhost:1", "localhost:1"),
    ])
    func `an issuer is taken to the letter`(text: String, host: String) throws {
        #expect(try IssuerURL(text).hostAndPath == host)
        #expect("\(try IssuerURL(text))" == text)
    }

    @Test(arguments: [
        ([], ["s"], "no audience"), (["a"], [], "no subject"), (["a*"], ["s"], "wildcard"), ([""], ["s"], "audience"),
        (["a"], ["x\ny"], "subject"), (["a"], ["${aws:x}"], "subject"),
        ([String(repeating: "a", count: 256)], ["s"], "audience"),
    ])
    func `a claim that is missing or cannot be is refused`(audiences: [String], subjects: [String], words: String) {
        let error = #expect(throws: CredentialError.self) {
            try Self.template(audiences: audiences, subjects: subjects)
        }
        #expect(error?.message.contains(words) == true)
    }

    @Test(
        arguments: [
            ("https://token.actions.githubusercontent.com", "*", "every token of"),
            ("https://token.actions.githubusercontent.com", "?*", "anybody can get one"),
            ("https://token.actions.githubusercontent.com", "repo:octo*", "projects of others"),
            ("https://gitlab.com", "project_path:*/app:*", "projects of others"),
            ("https://oidc.example.com", "system:serviceaccount:*", "more than one namespace"),
            ("https://oidc.example.com", "system:*", "more than one namespace"),
            ("https://oidc.example.com", "system:serviceaccount:okteto:*", "more than one service account"),
            ("https://oidc.example.com", "*", "every token of oidc.example.com"),
        ]
    )
    func `a dangerous subject is warned of`(issuer: String, subject: String, words: String) throws {
        let warnings = SubjectRisk.warnings(of: try Self.template(issuer: issuer, subjects: [subject]))
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains(words) == true, "\(warnings)")
    }

    @Test(arguments: [
        ("https://token.actions.githubusercontent.com", "repo:octo/app:*"),
        ("https://token.actions.githubusercontent.com", "repo:octo/*"),
        ("https://oidc.example.com", "system:serviceaccount:okteto:okteto"), ("https://oidc.example.com", "job:*"),
    ])
    func `a subject that is bounded is not`(issuer: String, subject: String) throws {
        #expect(SubjectRisk.warnings(of: try Self.template(issuer: issuer, subjects: [subject])).isEmpty)
    }
}
