import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct SettingsTests {
    private let role = Samples.role

    private func resolve(
        _ options: CredentialOptions = CredentialOptions(),
        _ environment: EnvironmentVariables = [:]
    ) throws -> CredentialSettings? {
        try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy")
    }

    private func error(
        _ options: CredentialOptions = CredentialOptions(),
        _ environment: EnvironmentVariables = [:]
    ) -> CredentialError? {
        #expect(throws: CredentialError.self) { try resolve(options, environment) }
    }

    private var complete: CredentialOptions {
        CredentialOptions(roleARN: role, region: "us-east-2", tokenFile: "/t")
    }

    @Test func `without a role there are no settings`() throws {
        #expect(try resolve() == nil)
        #expect(
            try resolve(CredentialOptions(), ["AWS_REGION": "us-east-2", "AWS_WEB_IDENTITY_TOKEN_FILE": "/t"]) == nil
        )
    }

    @Test func `options win over our variables, and those over the variables of the SDKs`() throws {
        let variables: EnvironmentVariables = [
            "OKTETO_RUN_ROLE_ARN": role + "2", "OKTETO_RUN_REGION": "eu-west-1", "OKTETO_RUN_TOKEN_FILE": "/two",
            "OKTETO_RUN_SESSION_NAME": "two", "AWS_ROLE_ARN": role + "3", "AWS_REGION": "eu-west-3",
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/three", "AWS_ROLE_SESSION_NAME": "three",
        ]
        var options = complete
        options.sessionName = "one"
        let first = try #require(try resolve(options, variables))
        #expect(first.roleARN.value.text == role)
        #expect(first.roleARN.origin == .option("--role-arn"))
        #expect(first.region.value == "us-east-2")
        #expect(first.tokenSource.value == .file(path: "/t"))
        #expect(first.sessionName.value == "one")
        let second = try #require(try resolve(CredentialOptions(), variables))
        #expect(second.roleARN.value.text == role + "2")
        #expect(second.roleARN.origin == .variable("OKTETO_RUN_ROLE_ARN"))
        #expect(second.region.value == "eu-west-1")
        #expect(second.tokenSource == Setting(.file(path: "/two"), from: .variable("OKTETO_RUN_TOKEN_FILE")))
        #expect(second.sessionName.value == "two")
        let third = try #require(try resolve(CredentialOptions(), variables.filter { $0.hasPrefix("AWS_") }))
        #expect(third.roleARN.value.text == role + "3")
        #expect(third.region.value == "eu-west-3")
        #expect(third.tokenSource.value == .file(path: "/three"))
        #expect(third.sessionName.value == "three")
    }

    @Test func `AWS_DEFAULT_REGION is read last and an empty variable counts as not set`() throws {
        let settings = try resolve(
            CredentialOptions(roleARN: role, tokenEnvironment: "T"),
            ["AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-1"]
        )
        #expect(settings?.region == Setting("eu-west-1", from: .variable("AWS_DEFAULT_REGION")))
        #expect(settings?.tokenSource.value == .environment(name: "T"))
    }

    @Test func `a role without a token source names the settings to set`() {
        let error = error(CredentialOptions(roleARN: role, region: "us-east-2"))
        #expect(error?.kind == .settings)
        #expect(error?.description.contains("--token-file") == true)
        #expect(error?.description.contains("OKTETO_RUN_TOKEN_COMMAND") == true)
    }

    @Test func `a role without a region names the settings to set`() {
        let error = error(CredentialOptions(roleARN: role, tokenFile: "/t"))
        #expect(error?.description.contains("--region") == true)
    }

    @Test func `a token source without a role is an error`() {
        #expect(error(CredentialOptions(tokenFile: "/t"))?.description.contains("--role-arn") == true)
    }

    @Test func `two token sources are an error`() {
        var options = complete
        options.tokenCommand = "cat /t"
        #expect(error(options)?.message.contains("--token-file, option --token-command") == true)
    }

    @Test func `an option that is given but empty is an error`() {
        #expect(error(CredentialOptions(roleARN: ""))?.message == "--role-arn is empty")
    }

    @Test(arguments: [
        "arn:aws:iam::112233445566:role/x&Action=GetCallerIdentity", "arn:aws:iam::1122:role/x", "x", "",
        "arn:aws:iam::112233445566:user/x", "arn:aws:iam::112233445566:role/", "arn:aws:iam::112233445566:role/x/",
        "arn:aws:iam::112233445566:role/x y", "arn:aws:iam:us-east-1:112233445566:role/x", "arn:aws:iam:::role/okteto",
        "arn:AWS:iam::112233445566:role/x", "arn:aws:iam::112233445566:role/\u{e9}t\u{e9}",
        "arn:aws:iam::112233445566:role/x\n",
    ])
    func `a text that is no role ARN is refused`(_ text: String) {
        #expect(RoleARN(text) == nil)
    }

    @Test(arguments: [
        ("arn:aws:iam::112233445566:role/okteto-credentials", "aws"),
        ("arn:aws-us-gov:iam::112233445566:role/path/to/x_y+=,.@-z", "aws-us-gov"),
    ])
    func `a role ARN is taken apart`(_ text: String, _ partition: String) {
        #expect(RoleARN(text)?.partition == partition)
        #expect(RoleARN(text)?.account == "112233445566")
    }

    @Test func `an account may be missing at a service on this machine`() throws {
        var options = complete
        options.roleARN = "arn:aws:iam:::role/okteto"
        #expect(error(options) != nil)
        options.stsEndpoint = "http://127.0.0.1:1"
        #expect(try resolve(options)?.roleARN.value.account.isEmpty == true)
    }

    @Test(arguments: ["us-east-1.evil.com", "../", "US-EAST-1", "us east", "-a", "us-east-1\n", "a/b", "@x"])
    func `a region that could not be part of a host name is refused`(_ region: String) {
        var options = complete
        options.region = region
        #expect(error(options)?.kind == .settings)
    }

    @Test(arguments: ["x", String(repeating: "a", count: 65), "a b", "a/b", "na\u{ef}ve", "a\n", "a&b"])
    func `a session name that STS would refuse is refused`(_ name: String) {
        var options = complete
        options.sessionName = name
        #expect(error(options)?.message.contains("role session") == true)
    }

    @Test func `the session is named after phase and CI run`() throws {
        #expect(try resolve(complete)?.sessionName == Setting("okteto-run-deploy", from: .standard))
        #expect(try resolve(complete, ["GITHUB_RUN_ID": "42/é"])?.sessionName.value == "okteto-run-deploy-42---")
        let long = SessionName.standard(phase: String(repeating: "p", count: 100), environment: [:])
        #expect(SessionName.isValid(long))
    }

    @Test(arguments: [("3600", 3600), ("900s", 900), ("15m", 900), ("1h", 3600), ("1h30m", 5400), ("12h", 43_200)])
    func `a duration is seconds or hours, minutes and seconds`(_ text: String, _ seconds: Int) throws {
        var options = complete
        options.duration = text
        #expect(try resolve(options)?.duration?.value == seconds)
    }

    @Test(arguments: ["899", "43201", "x", "1d", "-900", "30m1h", "1h1h", "h", "99999999999999999999", "13h", "1.5h"])
    func `a duration that STS does not take is refused`(_ text: String) {
        var options = complete
        options.duration = text
        #expect(error(options)?.message.contains("duration") == true)
    }

    @Test func `a session of seconds is for services on this machine`() throws {
        var options = complete
        options.duration = "5"
        options.stsEndpoint = "http://localhost:1"
        #expect(try resolve(options)?.duration?.value == 5)
    }

    @Test(arguments: ["{", "[]", "x", #"{"a":"€"}"#])
    func `a session policy that is no JSON object of Latin-1 is refused`(_ text: String) {
        var options = complete
        options.sessionPolicy = text
        #expect(error(options)?.message.contains("session policy") == true)
    }

    @Test func `a role in another partition than the region is a warning`() throws {
        var options = complete
        options.region = "cn-north-1"
        #expect(try resolve(options)?.warnings.count == 1)
        #expect(try resolve(complete)?.warnings.isEmpty == true)
    }

    @Test func `a plain http endpoint on another machine is refused`() {
        let error = error(complete, ["AWS_ENDPOINT_URL_STS": "http://sts.example.com"])
        #expect(error?.message.contains("variable AWS_ENDPOINT_URL_STS") == true)
    }

    @Test(arguments: [("1", 1), ("5", 5), ("0", 1), ("99", 10), ("x", 3), ("", 3)])
    func `AWS_MAX_ATTEMPTS bounds the attempts`(_ value: String, _ expected: Int) throws {
        #expect(try resolve(complete, ["AWS_MAX_ATTEMPTS": value])?.maximumAttempts == expected)
    }

    @Test(arguments: [
        ("kubectl create token okteto", ["kubectl", "create", "token", "okteto"]),
        (#"a 'b c' "d \"e\" \n" f\ g ''"#, ["a", "b c", #"d "e" \n"#, "f g", ""]),
        ("  a\t b\n", ["a", "b"]), ("a'b'\"c\"", ["abc"]), ("$HOME `x`", ["$HOME", "`x`"]),
    ])
    func `a token command is split without a shell`(_ text: String, _ words: [String]) {
        #expect(ShellWords.split(text) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\", "a 'b\" c"])
    func `a quote without its end is refused`(_ text: String) {
        #expect(ShellWords.split(text) == nil)
        var options = complete
        options.tokenFile = nil
        options.tokenCommand = text
        #expect(error(options)?.message.contains("token command") == true)
    }
}
