import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct LimitsTests {
    private func settings(
        policies: [String] = [],
        accounts: [String] = [],
        endpoint: String? = nil,
        environment: EnvironmentVariables = [:]
    ) throws -> CredentialSettings {
        let options = CredentialOptions(
            roleARN: Samples.role,
            region: "us-east-2",
            tokenEnvironment: "T",
            policyARNs: policies,
            allowedAccounts: accounts,
            stsEndpoint: endpoint
        )
        return try #require(try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy"))
    }

    private static let policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"

    @Test func `options win over variables, whose words stand between spaces, lines or commas`() throws {
        let variables: EnvironmentVariables = [
            "OKTETO_RUN_POLICY_ARN": "\(Self.policy)\n arn:aws:iam::112233445566:policy/a/b",
            "OKTETO_RUN_ALLOWED_ACCOUNT": "000000000000, 112233445566",
        ]
        let settings = try settings(environment: variables)
        #expect(settings.policyARNs?.value == [Self.policy, "arn:aws:iam::112233445566:policy/a/b"])
        #expect(settings.policyARNs?.origin == .variable("OKTETO_RUN_POLICY_ARN"))
        #expect(settings.allowedAccounts?.value == ["000000000000", "112233445566"])
        let given = try self.settings(policies: [Self.policy], accounts: ["112233445566"], environment: variables)
        #expect(given.policyARNs?.origin == .option("--policy-arn"))
        #expect(given.allowedAccounts?.value == ["112233445566"])
        #expect(try self.settings().policyARNs == nil)
        // An empty variable counts as not set, here as everywhere.
        #expect(try self.settings(environment: ["OKTETO_RUN_POLICY_ARN": ""]).policyARNs == nil)
    }

    @Test(arguments: ["OKTETO_RUN_POLICY_ARN", "OKTETO_RUN_ALLOWED_ACCOUNT"], [" , ", "\n", ","])
    func `a list that names nothing is refused, and no limit that is lifted`(name: String, text: String) {
        let error = #expect(throws: CredentialError.self) { try settings(environment: [name: text]) }
        #expect(error?.message == "variable \(name) is set, and names nothing")
    }

    @Test(arguments: [
        "ReadOnlyAccess", "arn:aws:iam::aws:role/x", "arn:aws:iam::12:policy/x", "arn:aws:s3::aws:policy/xxxxxxxx",
        "arn:aws:iam::aws:policy/x&Action=y z", "arn:other:iam::aws:policy/x",
    ])
    func `what is no managed policy is refused`(_ text: String) {
        let error = #expect(throws: CredentialError.self) { try settings(policies: [text]) }
        #expect(error?.kind == .settings)
    }

    @Test func `more than ten managed policies are refused`() {
        let error = #expect(throws: CredentialError.self) {
            try settings(policies: [String](repeating: Self.policy, count: 11))
        }
        #expect(error?.message.contains("11 managed policies") == true)
    }

    @Test(arguments: ["1122", "okteto", "11223344556x"])
    func `what is no account's number is refused`(_ text: String) {
        #expect(throws: CredentialError.self) { try settings(accounts: [text]) }
    }

    @Test func `a role of another account is refused before any token is asked for`() {
        let error = #expect(throws: CredentialError.self) { try settings(accounts: ["000000000000"]) }
        #expect(error?.kind == .settings)
        #expect(error?.message.contains("of account 112233445566, and only 000000000000") == true)
        #expect(error?.message.contains("--allowed-account") == true)
    }

    @Test func `the endpoint is set by option, then by our variable, then by those of AWS`() throws {
        let variables: EnvironmentVariables = [
            "OKTETO_RUN_STS_ENDPOINT": "https://a.example.com", "AWS_ENDPOINT_URL_STS": "https://b.example.com",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        ]
        #expect(
            try settings(endpoint: "https://c.example.com", environment: variables).endpoint.value.url
                == "https://c.example.com/"
        )
        #expect(try settings(environment: variables).endpoint.origin == .variable("OKTETO_RUN_STS_ENDPOINT"))
    }

    @Test(arguments: ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])
    func `a switch that is neither on nor off is refused`(_ name: String) throws {
        let error = #expect(throws: CredentialError.self) { try settings(environment: [name: "1"]) }
        #expect(error?.message.contains(name) == true)
        for value in ["true", "TRUE", "false", ""] { _ = try settings(environment: [name: value]) }
    }

    @Test func `FIPS with an endpoint of one's own has no effect, and is said to`() throws {
        let warnings = try settings(
            endpoint: "https://sts.example.com",
            environment: ["AWS_USE_FIPS_ENDPOINT": "true"]
        ).warnings
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("AWS_USE_FIPS_ENDPOINT has no effect"))
    }
}
