import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

@Suite(.timeLimit(.minutes(1))) struct AdminAccessTests {
    /// A folder with a configuration and a credentials file, gone after the test.
    private final class Home: Sendable {
        let path: String

        init(config: String = "", credentials: String = "", process: String = "") throws {
            path = FileManager.default.temporaryDirectory.path + "/okteto-run-admin-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (name, text) in [("config", config), ("credentials", credentials), ("process", process)] {
                let file = path + "/" + name
                try Data(text.replacing("HOME", with: path).utf8).write(to: URL(filePath: file))
                try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var environment: EnvironmentVariables {
            [
                "AWS_CONFIG_FILE": path + "/config", "AWS_SHARED_CREDENTIALS_FILE": path + "/credentials",
                "PATH": "/usr/bin:/bin",
            ]
        }
    }

    private func find(
        _ home: Home,
        _ more: EnvironmentVariables = [:],
        profile: String? = nil
    ) async throws -> AdminCredentials {
        let environment = home.environment.merging(more)
        let selection = try ProfileSelection.select(option: profile, environment: environment)
        return try await AdminCredentials.find(in: selection, environment: environment, clock: TestClock().clock)
    }

    private static let keys = "[default]\naws_access_key_id = AKID\naws_secret_access_key = hunter2\n"

    @Test func `variables win over the default profile, and a named profile over variables`() async throws {
        let home = try Home(credentials: Self.keys + "[p]\naws_access_key_id = PKID\naws_secret_access_key = s\n")
        let variables: EnvironmentVariables = [
            "AWS_ACCESS_KEY_ID": "EKID", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
        ]
        let found = try await find(home, variables)
        #expect(found.signing.accessKeyID == "EKID")
        #expect(found.secrets.count == 2)
        #expect(found.origin == .variable("AWS_ACCESS_KEY_ID"))
        #expect(try await find(home, variables.merging(["AWS_PROFILE": "p"])).signing.accessKeyID == "EKID")
        #expect(try await find(home, variables, profile: "p").signing.accessKeyID == "PKID")
        let named = try await find(home, variables.merging(["OKTETO_RUN_PROFILE": "p"]))
        #expect(named.signing.accessKeyID == "PKID")
        #expect(try await find(home).signing.accessKeyID == "AKID")
        #expect(!"\(try await find(home))".contains("hunter2"))
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "a"], "AWS_SECRET_ACCESS_KEY is missing"),
        (["AWS_SECRET_ACCESS_KEY": "a"], "AWS_ACCESS_KEY_ID is missing"),
        (["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b\nc"], "characters that none have"),
        (["AWS_ACCESS_KEY_ID": "a/b", "AWS_SECRET_ACCESS_KEY": "c"], "characters that none have"),
    ])
    func `half of a pair, or what is no key, is refused`(variables: [String: String], words: String) async throws {
        let home = try Home()
        let error = await #expect(throws: CredentialError.self) {
            try await find(home, EnvironmentVariables(variables))
        }
        #expect(error?.message.contains(words) == true)
        #expect(error?.code == .settings)
    }

    @Test(arguments: [
        "sso_session = x", "sso_start_url = https://x", "role_arn = arn:aws:iam::1:role/x\nsource_profile = y",
    ])
    func `a profile of another kind says how to export its credentials`(line: String) async throws {
        let home = try Home(config: "[profile my dev]\n[profile dev]\n" + line + "\n")
        let error = await #expect(throws: CredentialError.self) { try await find(home, profile: "dev") }
        #expect(error?.code == .ownCredentials)
        #expect(
            error?.nextStep?.contains(#"eval "$(aws configure export-credentials --profile dev --format env)""#) == true
        )
    }

    @Test func `without any credentials all ways to give them are named`() async throws {
        let error = await #expect(throws: CredentialError.self) { try await find(try Home()) }
        #expect(error?.code == .ownCredentials)
        #expect(error?.kind == .settings)
        #expect(error?.nextStep?.contains("--profile") == true)
        let named = await #expect(throws: CredentialError.self) {
            try await find(try Home(config: "[profile e]\nregion = us-east-1\n"), ["AWS_PROFILE": "e"])
        }
        #expect(named?.message == "profile 'e' has no keys and no credential_process")
        let absent = await #expect(throws: CredentialError.self) { try await find(try Home(), ["AWS_PROFILE": "zz"]) }
        #expect(absent?.message.contains("zz") == true)
    }

    @Test func `a program that the profile names gives credentials`() async throws {
        let script = """
            #!/bin/sh
            echo '{"Version":1,"AccessKeyId":"XKID","SecretAccessKey":"s","SessionToken":"t",\
            "Expiration":"2099-01-01T00:00:00Z"}'
            """
        let home = try Home(config: "[profile x]\ncredential_process = \"HOME/process\" --flag\n", process: script)
        let found = try await find(home, profile: "x")
        #expect(found.signing.accessKeyID == "XKID")
        #expect(found.signing.sessionToken == Secret("t"))
        #expect("\(found.origin)".contains("credential_process of profile x"))
    }

    @Test(arguments: [
        ("exit 3", "exit status 3"), ("echo no", "printed no credentials"),
        (#"echo '{"Version":2,"AccessKeyId":"a","SecretAccessKey":"s"}'"#, "printed no credentials"),
        (#"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":""}'"#, "printed no credentials"),
        (
            #"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"2001-01-01T00:00:00Z"}'"#,
            "have expired"
        ),
    ])
    func `a program that gives none is an error with its words`(line: String, words: String) async throws {
        let home = try Home(
            config: "[profile x]\ncredential_process = HOME/process\n",
            process: "#!/bin/sh\necho because >&2\n\(line)\n"
        )
        let error = await #expect(throws: CredentialError.self) { try await find(home, profile: "x") }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["\"open", "/nonexistent/program"])
    func `a program that cannot be run is an error`(words: String) async throws {
        let home = try Home(config: "[profile x]\ncredential_process = \(words)\n")
        await #expect(throws: CredentialError.self) { try await find(home, profile: "x") }
    }

    private static let identity = IAMAnswers.answer(
        "GetCallerIdentity",
        "<GetCallerIdentityResult><Arn>arn:aws-cn:iam::112233445566:user/me</Arn><Account>112233445566</Account>"
            + "</GetCallerIdentityResult>"
    )

    private func open(
        _ reply: LoopbackReply,
        account: String? = nil,
        region: String? = nil
    ) async throws -> AdminAccess {
        let server = try LoopbackServer([reply])
        let home = try Home(
            config: "[default]\nregion = cn-north-1\nendpoint_url = \(server.url)\n",
            credentials: Self.keys
        )
        return try await AdminAccess.open(
            AdminAccess.Options(region: region, account: account),
            environment: home.environment
        )
    }

    @Test func `the account is that of the credentials, at the endpoint that the profile names`() async throws {
        let access = try await open(.response(200, Self.identity))
        #expect(access.account == "112233445566")
        #expect(access.partition == "aws-cn")
        #expect(access.caller?.arn == "arn:aws-cn:iam::112233445566:user/me")
        #expect(access.client.endpoint.hasPrefix("http://127.0.0.1:"))
        #expect(CallerIdentity(account: "", arn: "x").partition == "aws")
    }

    @Test func `credentials of another account than the one it must be are refused`() async throws {
        let error = await #expect(throws: CredentialError.self) {
            try await open(.response(200, Self.identity), account: "999999999999")
        }
        #expect(error?.message.contains("are of account 112233445566, and not of 999999999999") == true)
    }

    @Test func `a service that cannot say whose they are needs the account`() async throws {
        let refusal = "<ErrorResponse><Error><Code>MethodNotAllowed</Code></Error></ErrorResponse>"
        let access = try await open(.response(405, refusal), account: "112233445566")
        #expect(access.caller == nil)
        #expect(access.account == "112233445566")
        #expect(access.partition == "aws-cn")
        await #expect(throws: CredentialError.self) { try await open(.response(405, refusal)) }
        await #expect(throws: CredentialError.self) {
            try await open(.response(200, IAMAnswers.answer("GetCallerIdentity", "")))
        }
    }

    @Test func `what is no account and no region is refused`() async throws {
        for (account, region) in [("1", nil), (nil, "us-east-1.evil.com")] as [(String?, String?)] {
            let error = await #expect(throws: CredentialError.self) {
                try await open(.response(200, Self.identity), account: account, region: region)
            }
            #expect(error?.code == .settings)
        }
        let home = try Home()
        #expect(try AdminAccess.partition(AdminAccess.Options(), environment: home.environment) == "aws")
        let options = AdminAccess.Options(region: "us-gov-west-1")
        #expect(try AdminAccess.partition(options, environment: home.environment) == "aws-us-gov")
    }
}
