import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct ChildEnvironmentTests {
    @Test(arguments: [
        "AWS_SECURITY_TOKEN", "EC2_SECURITY_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_BEARER_TOKEN_BEDROCK", "AWS_VAULT", "AWSUME_PROFILE", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "OKTETO_TOKEN",
        "AWS_ACCESS_KEY_ID", "OKTETO_RUN_TOKEN_COMMAND",
    ])
    func `a local phase does not see other credentials or identities`(_ name: String) throws {
        let parent: EnvironmentVariables = [name: "stale", "PATH": "/bin", "AWS_CONFIG_FILE": "/c"]
        let local = ChildEnvironment.local(parent: parent, settings: try Samples.settings())
        #expect(local == ["PATH": "/bin", "AWS_CONFIG_FILE": "/c"])
    }

    @Test func `names are compared exactly`() throws {
        let parent: EnvironmentVariables = ["aws_profile": "x", "MY_AWS_PROFILE": "y"]
        #expect(ChildEnvironment.local(parent: parent, settings: try Samples.settings()) == parent)
    }

    @Test func `the variable that held the token is taken out`() throws {
        let options = CredentialOptions(roleARN: Samples.role, region: "us-east-2", tokenEnvironment: "MY_TOKEN")
        let parent: EnvironmentVariables = ["MY_TOKEN": "x", "A": "b"]
        let settings = try CredentialSettings.resolve(options: options, environment: parent, phase: "test")
        #expect(ChildEnvironment.local(parent: parent, settings: settings) == ["A": "b"])
    }

    @Test func `without a role nothing is taken out`() {
        let parent: EnvironmentVariables = ["AWS_PROFILE": "x"]
        #expect(ChildEnvironment.local(parent: parent, settings: nil) == parent)
    }

    @Test func `a container sees only how AWS is reached`() {
        let parent: EnvironmentVariables = [
            "AWS_ENDPOINT_URL": "1", "AWS_ENDPOINT_URL_S3": "2", "AWS_USE_FIPS_ENDPOINT": "true", "https_proxy": "p",
            "AWS_CA_BUNDLE": "/ca", "AWS_MAX_ATTEMPTS": "3", "AWS_RETRY_MODE": "standard", "HOME": "/root",
            "AWS_PROFILE": "x", "AWS_ACCESS_KEY_ID": "k", "AWS_CONFIG_FILE": "/c", "SECRET": "s",
        ]
        #expect(
            ChildEnvironment.container(parent: parent).names == [
                "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE",
                "AWS_USE_FIPS_ENDPOINT", "https_proxy",
            ]
        )
    }

    @Test func `credentials are set with account, end and both regions`() {
        let variables = ChildEnvironment.credentialVariables(Samples.credentials(), region: "us-east-2", phase: [:])
        let expected: EnvironmentVariables = [
            "AWS_ACCESS_KEY_ID": "ASIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": Samples.secretKey,
            "AWS_SESSION_TOKEN": Samples.sessionToken, "AWS_REGION": "us-east-2", "AWS_DEFAULT_REGION": "us-east-2",
            "AWS_CREDENTIAL_EXPIRATION": "2023-11-14T23:13:20Z", "AWS_ACCOUNT_ID": "112233445566",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "", "OKTETO_RUN": "1",
        ]
        #expect(variables == expected)
    }

    @Test(
        arguments: [
            (["AWS_REGION": "eu-west-1"], "eu-west-1", "eu-west-1"),
            (["AWS_DEFAULT_REGION": "eu-west-1"], "eu-west-1", "eu-west-1"),
            (["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"], "a", "b"), (["AWS_REGION": ""], "us-east-2", "us-east-2"),
        ] as [(EnvironmentVariables, String, String)]
    )
    func `a region that the phase sets wins and is mirrored`(
        _ phase: EnvironmentVariables,
        _ region: String,
        _ defaultRegion: String
    ) {
        let variables = ChildEnvironment.credentialVariables(Samples.credentials(), region: "us-east-2", phase: phase)
        #expect(variables["AWS_REGION"] == region)
        #expect(variables["AWS_DEFAULT_REGION"] == defaultRegion)
    }

    @Test func `a pager that the phase chose stays`() {
        let phase: EnvironmentVariables = ["AWS_PAGER": "less"]
        let variables = ChildEnvironment.credentialVariables(Samples.credentials(), region: "us-east-2", phase: phase)
        #expect(variables["AWS_PAGER"] == nil)
    }

    @Test func `removed names are sorted and known`() {
        #expect(ChildEnvironment.removedNames == ChildEnvironment.removedNames.sorted())
        #expect(ChildEnvironment.removedNames.allSatisfy(ChildEnvironment.isRemoved))
    }
}
