import ProcessEnvironment
import Testing

@testable import CredentialInjector

/// The endpoints and scopes that botocore 1.44.8 uses.
@Suite struct IAMEndpointTests {
    @Test(
        arguments: [
            ("us-west-2", false, false, "iam.amazonaws.com", "us-east-1"),
            ("us-west-2", true, false, "iam-fips.amazonaws.com", "us-east-1"),
            ("us-west-2", false, true, "iam.global.api.aws", "us-east-1"),
            ("us-west-2", true, true, "iam-fips.global.api.aws", "us-east-1"),
            ("cn-north-1", false, false, "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("cn-northwest-1", false, true, "iam.global.api.amazonwebservices.com.cn", "cn-north-1"),
            ("us-gov-west-1", false, false, "iam.us-gov.amazonaws.com", "us-gov-west-1"),
            ("us-gov-east-1", true, false, "iam.us-gov.amazonaws.com", "us-gov-west-1"),
            ("us-gov-west-1", true, true, "iam.us-gov.api.aws", "us-gov-west-1"),
            ("us-iso-east-1", false, false, "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
            ("us-iso-east-1", true, false, "iam-fips.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
            ("us-isob-east-1", true, false, "iam-fips.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
            ("eu-isoe-west-1", false, false, "iam.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"),
            ("us-isof-south-1", false, false, "iam.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"),
            ("eusc-de-east-1", false, false, "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        ]
    )
    func `IAM is at the endpoint of the partition`(
        region: String,
        fips: Bool,
        dualStack: Bool,
        host: String,
        scope: String
    ) throws {
        var environment = EnvironmentVariables()
        if fips { environment["AWS_USE_FIPS_ENDPOINT"] = "true" }
        if dualStack { environment["AWS_USE_DUALSTACK_ENDPOINT"] = "true" }
        let place = try IAMEndpoint.resolve(region: region, environment: environment)
        #expect(place.endpoint.value.url == "https://\(host)/")
        #expect(place.signingRegion == scope)
    }

    @Test(arguments: [
        ("cn-north-1", ["AWS_USE_FIPS_ENDPOINT"]), ("eu-isoe-west-1", ["AWS_USE_DUALSTACK_ENDPOINT"]),
        ("eusc-de-east-1", ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"]),
    ])
    func `where no such endpoint is known, none is guessed`(region: String, variables: [String]) {
        var environment = EnvironmentVariables()
        for variable in variables { environment[variable] = "true" }
        let error = #expect(throws: CredentialError.self) {
            try IAMEndpoint.resolve(region: region, environment: environment)
        }
        #expect(error?.nextStep?.contains("AWS_ENDPOINT_URL_IAM") == true)
    }

    @Test func `a configured URL wins, the one for IAM over the one for all`() throws {
        let environment: EnvironmentVariables = [
            "AWS_ENDPOINT_URL_IAM": "https://iam.example.com", "AWS_ENDPOINT_URL": "https://all.example.com",
        ]
        let place = try IAMEndpoint.resolve(region: "eu-west-1", environment: environment)
        #expect(place.endpoint.value.url == "https://iam.example.com/")
        #expect(place.signingRegion == "eu-west-1")
        #expect(try IAMEndpoint.resolve(region: nil, environment: environment).signingRegion == "us-east-1")
        let option = try IAMEndpoint.resolve(region: nil, option: "http://127.0.0.1:1", environment: environment)
        #expect(option.endpoint.value.url == "http://127.0.0.1:1/")
        var ignoring = environment
        ignoring["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
        #expect(try IAMEndpoint.resolve(region: nil, environment: ignoring).endpoint.origin == .standard)
    }

    private func resolve(_ config: String, _ variables: EnvironmentVariables = [:]) throws -> IAMEndpoint {
        let folder = try ScratchFolder()
        let environment: EnvironmentVariables = [
            "AWS_CONFIG_FILE": try folder.write("config", config), "AWS_SHARED_CREDENTIALS_FILE": folder.path + "/none",
        ]
        let profile = try #require(try SharedConfiguration.load(environment: environment).profile("x"))
        return try IAMEndpoint.resolve(region: "eu-west-1", profile: profile, environment: variables)
    }

    @Test(arguments: [
        ("endpoint_url = https://all.example.com", "https://all.example.com/"),
        ("services = s\nendpoint_url = https://all.example.com", "https://iam.example.com/"),
        ("services = other\nendpoint_url = https://all.example.com", "https://all.example.com/"),
        ("services = other", "https://iam.amazonaws.com/"),
        ("services = s\nignore_configured_endpoint_urls = true", "https://iam.amazonaws.com/"),
        ("use_fips_endpoint = true", "https://iam-fips.amazonaws.com/"),
        ("use_dualstack_endpoint = true", "https://iam.global.api.aws/"),
    ])
    func `a profile's URL counts, that of its services section before its own`(keys: String, url: String) throws {
        let services =
            "[services s]\niam =\n  endpoint_url = https://iam.example.com\n[services other]\ns3 =\n  a = b\n"
        let config = services + "[profile x]\n\(keys)\n"
        let place = try resolve(config)
        #expect(place.endpoint.value.url == url)
        if url.contains("example.com") {
            #expect(place.endpoint.origin.description.hasPrefix("endpoint_url of profile x, "))
            #expect(place.signingRegion == "eu-west-1")
        }
        // A variable wins over the profile, for all services or for the one, unless none is to count.
        let variables: EnvironmentVariables = ["AWS_ENDPOINT_URL": "https://variable.example.com"]
        let isIgnored = keys.contains("ignore_configured")
        #expect(
            try resolve(config, variables).endpoint.value.url == (isIgnored ? url : "https://variable.example.com/")
        )
    }

    @Test func `a services section that is not there is an error, and no switch is guessed`() {
        let missing = #expect(throws: CredentialError.self) { try resolve("[profile x]\nservices = nosuch\n") }
        #expect(missing?.message.contains("[services nosuch]") == true)
        let odd = #expect(throws: CredentialError.self) { try resolve("[profile x]\nuse_fips_endpoint = maybe\n") }
        #expect(odd?.message.contains("neither true nor false") == true)
    }

    @Test func `a URL that signed requests must not go to is refused`() {
        let error = #expect(throws: CredentialError.self) {
            try IAMEndpoint.resolve(region: nil, environment: ["AWS_ENDPOINT_URL": "http://iam.example.com"])
        }
        #expect(error?.code == .settings)
    }
}
