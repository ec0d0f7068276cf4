import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Token sources of CI systems that work by variables and programs.
@Suite(.timeLimit(.minutes(1))) struct JobSourceTests {
    private func token(_ issuer: String, _ audience: String) -> String {
        TokenFactory.text(payload: #"{"iss":"\#(issuer)","sub":"s","aud":"\#(audience)","exp":1700003600}"#)
    }

    private func error(_ source: any IdentityTokenSource) async -> CredentialError? {
        await #expect(throws: CredentialError.self) { try await source.fetch() }
    }

    /// Puts a program in a folder and returns an environment that finds it.
    private func program(_ name: String, _ script: String, in folder: String) throws -> EnvironmentVariables {
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        #expect(chmod("\(folder)/\(name)", 0o700) == 0)
        return ["PATH": "\(folder):/usr/bin:/bin"]
    }

    private func source(
        _ name: String,
        _ environment: EnvironmentVariables,
        audience: String?
    ) throws
        -> any IdentityTokenSource
    {
        let options = CredentialOptions(
            roleARN: Samples.role,
            region: "us-east-2",
            audience: audience,
            tokenSource: name
        )
        let settings = try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy")
        return try #require(settings).makeTokenSource()
    }

    private var gitLab: EnvironmentVariables {
        [
            "GITLAB_CI": "true", "CI_SERVER_URL": "https://gitlab.com", "AWS_TOKEN": token("https://gitlab.com", "aws"),
            "VAULT_TOKEN": token("https://gitlab.com", "vault"), "OTHER": token("https://evil.example.com", "aws"),
            "CI_JOB_JWT": token("https://gitlab.com", "aws"), "BROKEN": "eyJx",
        ]
    }

    @Test func `the token of a GitLab job is known by its issuer and audience`() async throws {
        let source = try source("gitlab", gitLab, audience: "aws")
        #expect(try await source.fetch().reveal() == gitLab["AWS_TOKEN"])
    }

    @Test func `of several tokens of a GitLab job none is guessed`() async throws {
        let several = await error(try source("gitlab", gitLab, audience: nil))
        #expect(several?.message.contains("more than one") == true)
        #expect(several?.details == ["AWS_TOKEN: aud aws", "VAULT_TOKEN: aud vault"])
        let none = await error(try source("gitlab", gitLab, audience: "sts.amazonaws.com"))
        #expect(none?.message.contains("for audience 'sts.amazonaws.com'") == true)
        #expect(none?.details.count == 2)
        #expect(none?.nextStep?.contains("id_tokens") == true)
        #expect(none?.description.contains("eyJ") == false)
    }

    @Test func `commands of a phase see no token of the GitLab job`() throws {
        let options = CredentialOptions(roleARN: Samples.role, region: "us-east-2", tokenFile: "/t")
        let settings = try CredentialSettings.resolve(options: options, environment: gitLab, phase: "deploy")
        let names = ChildEnvironment.local(parent: gitLab, settings: settings).names
        #expect(names == ["BROKEN", "CI_JOB_JWT", "CI_SERVER_URL", "GITLAB_CI", "OTHER"])
    }

    @Test func `a CircleCI job gives the newer of its tokens`() async throws {
        let environment: EnvironmentVariables = ["CIRCLE_OIDC_TOKEN": "old", "CIRCLE_OIDC_TOKEN_V2": "new"]
        #expect(try await source("circleci", environment, audience: nil).fetch().reveal() == "new")
        let token = token("https://oidc.circleci.com/org/1", "org-1")
        let fitting = try source("circleci", ["CIRCLE_OIDC_TOKEN_V2": token], audience: "org-1")
        #expect(try await fitting.fetch().reveal() == token)
    }

    @Test func `for another audience CircleCI's program is asked`() async throws {
        try await withScratchFolder { folder in
            var environment = try program("circleci", #"[ "$CIRCLECI" = true ] && printf "%s\n" "$*""#, in: folder)
            environment["CIRCLECI"] = "true"
            environment["CIRCLE_OIDC_TOKEN_V2"] = token("https://oidc.circleci.com/org/1", "org-1")
            let source = try source("circleci", environment, audience: "a\"\\\u{7}b")
            #expect(
                try await source.fetch().reveal() == #"run oidc get --claims {"aud":"a\"\\\u0007b"}"# + "\n"
            )
        }
    }

    @Test func `a CircleCI job without token and program says what to do`() async throws {
        let environment: EnvironmentVariables = ["CIRCLECI": "true", "PATH": "/nonexistent"]
        #expect(await error(try source("circleci", environment, audience: nil))?.nextStep?.contains("context") == true)
        let error = await error(try source("circleci", environment, audience: "a"))
        #expect(error?.nextStep?.contains("circleci program") == true)
    }

    @Test func `a Buildkite job asks its agent for the audience`() async throws {
        try await withScratchFolder { folder in
            var environment = try program(
                "buildkite-agent",
                #"[ "$BUILDKITE_AGENT_ACCESS_TOKEN" = s3cretagent ] || exit 3; printf "%s\n" "$*""#,
                in: folder
            )
            environment["BUILDKITE"] = "true"
            let refused = await error(try source("buildkite", environment, audience: "a"))
            #expect(refused?.message.contains("Buildkite agent") == true)
            #expect(refused?.nextStep?.contains("buildkite-agent 3.41") == true)
            environment["BUILDKITE_AGENT_ACCESS_TOKEN"] = "s3cretagent"
            let given = try source("buildkite", environment, audience: "okteto.example.com/us-east-2")
            #expect(
                try await given.fetch().reveal() == "oidc request-token --audience okteto.example.com/us-east-2\n"
            )
            let standard = try source("buildkite", environment, audience: nil)
            #expect(try await standard.fetch().reveal() == "oidc request-token --audience sts.amazonaws.com\n")
        }
    }

    @Test func `a Bitbucket step has its token in a variable`() async throws {
        let source = try source("bitbucket", ["BITBUCKET_STEP_OIDC_TOKEN": "t"], audience: nil)
        #expect(try await source.fetch().reveal() == "t")
    }
}
