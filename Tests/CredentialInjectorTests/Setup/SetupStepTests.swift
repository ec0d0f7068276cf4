import Testing

@testable import CredentialInjector

@Suite struct SetupStepTests {
    private static let arn = SetupPlanTests.provider
    private static let policy = PolicyDocument(statements: [])
    private static let empty = #"'{"Version":"2012-10-17","Statement":[]}'"#

    @Test(
        arguments: [
            (
                SetupStep.createProvider(
                    url: "https://oidc.example.com/id/A1",
                    arn: arn,
                    audiences: ["a", "b c"],
                    thumbprints: ["ab"],
                    tags: ["k": "v"]
                ),
                "create-open-id-connect-provider --url https://oidc.example.com/id/A1 --client-id-list a 'b c' "
                    + #"--thumbprint-list ab --tags '[{"Key":"k","Value":"v"}]'"#
            ),
            (
                .createProvider(url: "https://i", arn: arn, audiences: ["https://a"], thumbprints: [], tags: [:]),
                #"create-open-id-connect-provider --cli-input-json '{"Url":"https://i","ClientIDList":["https://a"]}'"#
            ),
            (
                .addAudience("a'b", provider: arn),
                #"add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn \#(arn) --client-id 'a'\''b'"#
            ),
            (
                .addAudience("-a", provider: arn),
                "add-client-id-to-open-id-connect-provider --cli-input-json "
                    + #"'{"OpenIDConnectProviderArn":"\#(arn)","ClientID":"-a"}'"#
            ),
            (
                .removeAudience("a", provider: arn),
                "remove-client-id-from-open-id-connect-provider --open-id-connect-provider-arn \(arn) --client-id a"
            ),
            (
                .setThumbprints(["ab", "cd"], provider: arn),
                "update-open-id-connect-provider-thumbprint --open-id-connect-provider-arn \(arn) "
                    + "--thumbprint-list ab cd"
            ),
            (
                .tagProvider(arn, tags: ["k": "v"]),
                "tag-open-id-connect-provider --open-id-connect-provider-arn \(arn) "
                    + #"--tags '[{"Key":"k","Value":"v"}]'"#
            ),
            (
                .untagProvider(arn, keys: ["k", "l"]),
                "untag-open-id-connect-provider --open-id-connect-provider-arn \(arn) --tag-keys k l"
            ),
            (.deleteProvider(arn), "delete-open-id-connect-provider --open-id-connect-provider-arn \(arn)"),
            (
                .createRole(name: "r", trust: policy, maximumSessionDuration: 7200, tags: [:], afterNewProvider: true),
                "create-role --role-name r --assume-role-policy-document \(empty) --description "
                    + "'Assumed by the phases of Okteto manifests, with an identity token' --max-session-duration 7200"
            ),
            (
                .changeTrust(role: "r", from: policy, to: policy),
                "update-assume-role-policy --role-name r --policy-document \(empty)"
            ),
            (.tagRole("r", tags: ["k": "v"]), #"tag-role --role-name r --tags '[{"Key":"k","Value":"v"}]'"#),
            (.untagRole("r", keys: ["k"]), "untag-role --role-name r --tag-keys k"),
            (.attachPolicy("arn:p", role: "r"), "attach-role-policy --role-name r --policy-arn arn:p"),
            (.detachPolicy("arn:p", role: "r"), "detach-role-policy --role-name r --policy-arn arn:p"),
            (
                .putPolicy(name: "p", role: "r", from: nil, to: policy),
                "put-role-policy --role-name r --policy-name p --policy-document \(empty)"
            ),
            (.deletePolicy(name: "p", role: "r"), "delete-role-policy --role-name r --policy-name p"),
            (.deleteRole("r"), "delete-role --role-name r"),
        ]
    )
    func `each step is a command that a shell can take as it is`(step: SetupStep, command: String) {
        #expect(step.commandLine() == "aws iam " + command)
        #expect(step.commandLine(options: ["--profile", "a b"]) == "aws --profile 'a b' iam " + command)
        #expect(!step.title.isEmpty)
    }

    @Test(arguments: ["", "plain-1._/:@%+,", "a b", "it's", "$(x)", "a=b", "~x", "a\nb", "*", "\u{E9}"])
    func `a quoted word is read back as it was`(word: String) {
        #expect(ShellWords.split(ShellWords.quote(word)) == [word])
    }

    @Test func `a difference has every line once`() {
        let lines = LineDifference.lines(from: "a\nb\nc\nd", to: "a\nx\nc\ny\nd\nz")
        #expect(lines == ["  a", "- b", "+ x", "  c", "+ y", "  d", "+ z"])
        #expect(LineDifference.lines(from: "", to: "a") == ["+ a"])
        #expect(LineDifference.lines(from: "a", to: "") == ["- a"])
        #expect(LineDifference.lines(from: "a\nb", to: "b\na").count == 3)
    }
}
