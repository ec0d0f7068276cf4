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

    @Test func `a URL that signed requests must not go to is refused`() {
        let error = #expect(throws: CredentialError.self) {
            try IAMEndpoint.resolve(region: nil, environment: ["AWS_ENDPOINT_URL": "http://iam.example.com"])
        }
        #expect(error?.code == .settings)
    }
}
