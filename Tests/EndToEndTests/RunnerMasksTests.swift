import FoundationEssentials
import TestSupport
import Testing

/// What a GitHub Actions runner is told, and that nobody else is: the value is in it.
@Suite(.timeLimit(.minutes(2))) struct RunnerMasksTests {
    /// Runs a job's step: a process of the runner's name, a shell, and in it okteto-run by `$RUN`.
    private func step(_ command: String, runner: String = "Runner.Worker") async throws -> (log: String, token: String)
    {
        let token = UnsignedToken().text
        let server = try LoopbackServer([.response(200, Self.answer)])
        let workspace = try Workspace(manifest: "deploy:\n- echo hello\n")
        let path = workspace.path + "/" + runner
        try Data("#!/bin/bash\nbash -c '\(command)' | cat >log\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let result = try await Program.run(
            [],
            of: path,
            in: workspace.path,
            environment: [
                "OKTETO_RUN_ROLE_ARN": "arn:aws:iam::112233445566:role/okteto-credentials",
                "OKTETO_RUN_REGION": "us-west-2", "OKTETO_RUN_TOKEN_ENV": "TOKEN", "TOKEN": token,
                "OKTETO_RUN_ENGINE": "shell", "AWS_ENDPOINT_URL_STS": server.url, "GITHUB_ACTIONS": "true",
                "RUN": Program.path,
            ]
        )
        #expect(result.status == 0 && !result.errors.contains("ERROR"), "\(result.errors)")
        let log = try String(contentsOfFile: workspace.path + "/log", encoding: .utf8)
        return (log + ((try? String(contentsOfFile: workspace.path + "/elsewhere", encoding: .utf8)) ?? ""), token)
    }

    private static var answer: String {
        let expiration = (Date() + 3600).formatted(.iso8601)
        return """
            <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>\
            <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret%access%key</SecretAccessKey>\
            <SessionToken>session-token-of-a-test</SessionToken><Expiration>\(expiration)</Expiration>\
            </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
            """
    }

    @Test func `the runner is told of every secret, before the first command prints`() async throws {
        let (log, token) = try await step("$RUN deploy")
        // The groups of the log are the runner's too.
        let lines = log.split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("::group::") && !$0.hasPrefix("::endgroup::")
        }
        let told = lines.prefix { $0.hasPrefix("::add-mask::") }.map { String($0.dropFirst("::add-mask::".count)) }
        #expect(told.contains("secret%25access%25key") && told.contains("session-token-of-a-test"))
        #expect(told.contains(token))
        #expect(Set(told).count == told.count)
        #expect(lines.dropFirst(told.count) == ["hello"])
    }

    @Test(arguments: [
        "$RUN deploy >elsewhere", "$RUN deploy | cat >elsewhere", "echo \"$($RUN deploy)\"", "$RUN deploy 1>&2",
    ])
    func `nobody is told where something else reads standard output`(command: String) async throws {
        let (log, token) = try await step(command)
        for text in ["add-mask", "secret%", "session-token", token] { #expect(!log.contains(text), "\(log)") }
    }

    @Test func `nobody is told outside of a job, whatever the variable says`() async throws {
        #expect(try await step("$RUN deploy", runner: "some-script").log == "hello\n")
        #expect(try await step("GITHUB_ACTIONS= $RUN deploy").log == "hello\n")
    }
}
