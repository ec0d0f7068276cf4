import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

/// Options over our variables over AWS's over the user's credential settings over a profile: for each setting.
struct SettingsPrecedenceTests {
    private let folder: ScratchFolder
    private let role = "arn:aws:iam::112233445566:role/"

    init() throws {
        folder = try ScratchFolder()
    }

    private func document(_ spec: String) throws -> String {
        try folder.write(
            "settings.yaml",
            "apiVersion: admin.okteto.com/v1\nkind: DynamicConfig\nmetadata:\n  name: aws-credentials-config\nspec:\n"
                + spec
        )
    }

    private func resolve(
        _ options: CredentialOptions = CredentialOptions(),
        _ environment: EnvironmentVariables = [:],
        config: String = "",
        spec: String? = nil
    ) throws -> CredentialSettings? {
        var environment = environment
        environment["AWS_CONFIG_FILE"] = try folder.write("config", config)
        environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        if let spec { environment["OKTETO_RUN_CREDENTIALS_CONFIG"] = try document(spec) }
        return try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy")
    }

    private func error(
        _ options: CredentialOptions = CredentialOptions(),
        _ environment: EnvironmentVariables = [:],
        config: String = "",
        spec: String? = nil
    ) -> CredentialError? {
        #expect(throws: CredentialError.self) { try resolve(options, environment, config: config, spec: spec) }
    }

    private let profile = """
        [default]
        role_arn = arn:aws:iam::112233445566:role/profile
        web_identity_token_file = /profile
        role_session_name = profile
        region = eu-west-5
        duration_seconds = 905
        endpoint_url = https://profile.example.com
        ca_bundle = /profile.pem
        max_attempts = 5

        """
    private let spec = """
          roleARN: arn:aws:iam::112233445566:role/spec
          tokenFile: /spec
          sessionName: spec
          region: eu-west-4
          duration: 904
          audience: spec
          stsEndpoint: https://spec.example.com
          caBundle: /spec.pem
          expectedIssuer: https://spec
          expectedSubject: spec
          sessionPolicy: '{"spec":1}'

        """

    @Test func `a profile alone is enough`() throws {
        let settings = try #require(try resolve(config: profile))
        #expect(settings.roleARN.value.text == role + "profile")
        #expect(settings.roleARN.origin.description == "role_arn of profile default, \(folder.path)/config:2:1")
        #expect(settings.tokenSource.value == .file(path: "/profile"))
        #expect(settings.sessionName.value == "profile")
        #expect(settings.region.value == "eu-west-5")
        #expect(settings.duration?.value == 905)
        #expect(settings.endpoint.value.url == "https://profile.example.com/")
        #expect(settings.authorities?.value == "/profile.pem")
        #expect(settings.maximumAttempts == 5)
        #expect(settings.profile.profile?.name == "default")
    }

    @Test func `the credential settings win over the profile`() throws {
        let settings = try #require(try resolve(config: profile, spec: spec))
        #expect(settings.roleARN.value.text == role + "spec")
        #expect(settings.tokenSource.value == .file(path: "/spec"))
        #expect(settings.sessionName.value == "spec")
        #expect(settings.region.value == "eu-west-4")
        #expect(settings.duration?.value == 904)
        #expect(settings.audience?.value == "spec")
        #expect(settings.endpoint.value.url == "https://spec.example.com/")
        #expect(settings.authorities?.value == "/spec.pem")
        #expect(settings.expectation.issuer?.value == "https://spec")
        #expect(settings.expectation.subject?.value == "spec")
        #expect(settings.sessionPolicy?.value == #"{"spec":1}"#)
        #expect(settings.configurationPath == folder.path + "/settings.yaml")
    }

    @Test func `the variables of the SDKs win over the files, ours over those, and options over all`() throws {
        let aws: EnvironmentVariables = [
            "AWS_ROLE_ARN": role + "aws", "AWS_WEB_IDENTITY_TOKEN_FILE": "/aws", "AWS_ROLE_SESSION_NAME": "aws",
            "AWS_REGION": "eu-west-3", "AWS_ENDPOINT_URL_STS": "https://aws.example.com", "AWS_CA_BUNDLE": "/aws.pem",
        ]
        let third = try #require(try resolve(CredentialOptions(), aws, config: profile, spec: spec))
        #expect(third.roleARN.value.text == role + "aws")
        #expect(third.tokenSource.value == .file(path: "/aws"))
        #expect(third.sessionName.value == "aws")
        #expect(third.region.value == "eu-west-3")
        #expect(third.endpoint.value.url == "https://aws.example.com/")
        #expect(third.authorities?.value == "/aws.pem")
        let ours = aws.merging([
            "OKTETO_RUN_ROLE_ARN": role + "ours", "OKTETO_RUN_TOKEN_ENV": "OURS", "OKTETO_RUN_SESSION_NAME": "ours",
            "OKTETO_RUN_REGION": "eu-west-2", "OKTETO_RUN_STS_ENDPOINT": "https://ours.example.com",
            "OKTETO_RUN_DURATION": "902", "OKTETO_RUN_AUDIENCE": "ours", "OKTETO_RUN_EXPECTED_ISSUER": "https://ours",
            "OKTETO_RUN_EXPECTED_SUBJECT": "ours", "OKTETO_RUN_SESSION_POLICY": #"{"ours":1}"#,
        ])
        let second = try #require(try resolve(CredentialOptions(), ours, config: profile, spec: spec))
        #expect(second.roleARN.value.text == role + "ours")
        #expect(second.tokenSource.value == .environment(name: "OURS"))
        #expect(second.sessionName.value == "ours")
        #expect(second.region.value == "eu-west-2")
        #expect(second.endpoint.value.url == "https://ours.example.com/")
        #expect(second.duration?.value == 902)
        #expect(second.audience?.value == "ours")
        #expect(second.expectedIssuer?.value == "https://ours")
        #expect(second.expectedSubject?.value == "ours")
        #expect(second.sessionPolicy?.value == #"{"ours":1}"#)
        let options = CredentialOptions(
            roleARN: role + "option",
            region: "eu-west-1",
            audience: "option",
            expectedIssuer: "https://option",
            expectedSubject: "option",
            tokenCommand: "option",
            sessionName: "option",
            duration: "901",
            sessionPolicy: #"{"option":1}"#,
            stsEndpoint: "https://option.example.com"
        )
        let first = try #require(try resolve(options, ours, config: profile, spec: spec))
        #expect(first.roleARN == Setting(try #require(RoleARN(role + "option")), from: .option("--role-arn")))
        #expect(first.tokenSource.value == .command(["option"]))
        #expect(first.sessionName.value == "option")
        #expect(first.region.value == "eu-west-1")
        #expect(first.endpoint.value.url == "https://option.example.com/")
        #expect(first.duration?.value == 901)
        #expect(first.audience?.value == "option")
        #expect(first.expectedIssuer?.origin == .option("--expected-issuer"))
        #expect(first.expectedSubject?.origin == .option("--expected-subject"))
        #expect(first.sessionPolicy?.value == #"{"option":1}"#)
    }

    @Test func `the endpoint of the services section wins over the profile's, and both can be switched off`() throws {
        let config = profile + "services = s\n[services s]\nsts =\n  endpoint_url = https://sts.example.com\n"
        #expect(try resolve(config: config)?.endpoint.value.url == "https://sts.example.com/")
        let off: EnvironmentVariables = ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]
        #expect(
            try resolve(CredentialOptions(), off, config: config)?.endpoint.value.url
                == "https://sts.eu-west-5.amazonaws.com/"
        )
        let inProfile = profile + "ignore_configured_endpoint_urls = true\n"
        #expect(try resolve(config: inProfile)?.endpoint.origin == .standard)
        let ours: EnvironmentVariables = ["OKTETO_RUN_STS_ENDPOINT": "https://ours.example.com"]
        #expect(
            try resolve(CredentialOptions(), off.merging(ours), config: config)?.endpoint.value.url
                == "https://ours.example.com/"
        )
    }

    @Test func `the kinds of endpoints may be chosen in the profile`() throws {
        let base = "[default]\nrole_arn = \(role)x\nweb_identity_token_file = /t\nregion = us-east-2\n"
        #expect(
            try resolve(config: base + "sts_regional_endpoints = legacy\n")?.endpoint.value.url
                == "https://sts.amazonaws.com/"
        )
        #expect(
            try resolve(config: base + "use_fips_endpoint = true\n")?.endpoint.value.url
                == "https://sts-fips.us-east-2.amazonaws.com/"
        )
        #expect(
            try resolve(config: base + "use_dualstack_endpoint = True\n")?.endpoint.value.url
                == "https://sts.us-east-2.api.aws/"
        )
        let wrong = error(config: base + "use_fips_endpoint = maybe\n")
        #expect(
            wrong?.message.contains("(use_fips_endpoint of profile default, \(folder.path)/config:5:1) is neither")
                == true
        )
        #expect(
            error(config: base + "sts_regional_endpoints = x\n")?.message.contains("config:5:1) is not a choice")
                == true
        )
    }

    @Test func `the profile of the option is read, and one that is not there is an error`() throws {
        let config = "[profile x]\n" + profile.dropFirst("[default]\n".count)
        #expect(try resolve(config: config) == nil)
        #expect(try resolve(CredentialOptions(profile: "x"), config: config)?.roleARN.value.text == role + "profile")
        #expect(error(CredentialOptions(profile: "y"), config: config)?.message.contains("no profile 'y'") == true)
    }

    @Test func `a profile that only AWS_PROFILE names and that is not there is a warning where a role is set`() throws {
        let stale: EnvironmentVariables = ["AWS_PROFILE": "nosuch"]
        let options = CredentialOptions(roleARN: role + "x", region: "us-east-2", tokenFile: "/t")
        let settings = try #require(try resolve(options, stale))
        #expect(settings.warnings.count == 1)
        #expect(settings.warnings.first?.contains("no profile 'nosuch' (variable AWS_PROFILE)") == true)
        #expect(error(CredentialOptions(), stale)?.message.contains("no profile 'nosuch'") == true)
    }

    @Test(arguments: ["source_profile = base", "credential_source = Environment"])
    func `a role that is assumed with keys is left to the AWS tools`(_ line: String) throws {
        let config = "[default]\nrole_arn = \(role)keyed\nregion = us-east-2\n\(line)\n"
        #expect(try resolve(config: config) == nil)
        #expect(
            error(CredentialOptions(profile: "default"), config: config)?.message.contains("is assumed with keys")
                == true
        )
        #expect(
            error(CredentialOptions(tokenFile: "/t"), config: config)?.message.contains("no role to assume") == true
        )
        #expect(
            try resolve(CredentialOptions(roleARN: role + "x", tokenFile: "/t"), config: config)?.region.value
                == "us-east-2"
        )
        let both = config + "web_identity_token_file = /t\n"
        #expect(try resolve(config: both)?.roleARN.value.text == role + "keyed")
    }

    @Test func `the duration of a profile is for its own role alone`() throws {
        let options = CredentialOptions(roleARN: role + "x")
        let settings = try #require(try resolve(options, config: profile))
        #expect(settings.duration == nil)
        #expect(settings.sessionName.value == "profile")
    }

    @Test func `a token file without a role is an error in the files`() {
        let text = "no role to assume with it"
        #expect(error(config: "[default]\nweb_identity_token_file = /t\n")?.message.contains(text) == true)
        #expect(error(spec: "  tokenFile: /t\n")?.message.contains(text) == true)
    }

    @Test(arguments: ["token", "./token", "~x/token", "../token"])
    func `a path in a file must be absolute, because the current folder is the repository's`(_ path: String) {
        let base = "[default]\nrole_arn = \(role)x\nregion = us-east-2\n"
        let found = error(config: base + "web_identity_token_file = \(path)\n")
        #expect(found?.message.contains("config:4:1) is not an absolute path") == true)
        let bundle = error(CredentialOptions(tokenFile: "/t"), config: base + "ca_bundle = \(path)\n")
        #expect(bundle?.message.contains("(ca_bundle of profile default") == true)
        #expect(error(spec: "  roleARN: \(role)x\n  tokenFile: \(path)\n")?.message.contains("spec.tokenFile") == true)
    }

    @Test func `a path in a file may begin in the home folder`() throws {
        let home: EnvironmentVariables = ["HOME": folder.path]
        let config = "[default]\nrole_arn = \(role)x\nregion = us-east-2\nweb_identity_token_file = ~/t\n"
        #expect(
            try resolve(CredentialOptions(), home, config: config)?.tokenSource.value == .file(path: folder.path + "/t")
        )
    }

    @Test func `two token sources in the credential settings are an error`() {
        let found = error(spec: "  roleARN: \(role)x\n  tokenFile: /t\n  tokenEnv: T\n")
        #expect(found?.message.contains("more than one token source: spec.tokenFile, ") == true)
    }

    @Test func `a token source of the credential settings is named as others are`() throws {
        let base = "  roleARN: \(role)x\n  region: us-east-2\n"
        #expect(
            try resolve(spec: base + "  tokenCommand: mint 'a b'\n")?.tokenSource.value == .command(["mint", "a b"])
        )
        let source = try #require(try resolve(spec: base + "  serviceAccount: okteto/okteto\n")?.tokenSource)
        guard case .kubernetes(let place) = source.value else {
            Issue.record("\(source)")
            return
        }
        #expect(place.account.map { "\($0)" } == "okteto/okteto")
    }

    @Test func `a malformed file is an error even where the settings are all there`() {
        let options = CredentialOptions(roleARN: role + "x", region: "us-east-2", tokenFile: "/t")
        #expect(error(options, config: "oops")?.message.contains("config:1:1:") == true)
        #expect(error(options, spec: "  oops: x\n")?.message.contains("settings.yaml:6:3:") == true)
    }

    @Test func `the warnings about the credential settings are the run's`() throws {
        let settings = try resolve(config: profile, spec: spec + "---\nx: y\n")
        #expect(settings?.warnings.first?.contains("only the first document") == true)
    }
}
