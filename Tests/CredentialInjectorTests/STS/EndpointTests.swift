import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct EndpointTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let region: String
        let variant: String
        let endpoint: String

        var testDescription: String { "\(region) \(variant)" }
    }

    static let vectors: [Vector] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        guard let data = try? Data(contentsOf: folder.appending(path: "Fixtures/sts-endpoints.tsv")) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Vector(region: fields[0], variant: fields[1], endpoint: fields[2])
        }
    }()

    static let variants: [String: EnvironmentVariables] = [
        "default": [:],
        "legacy": ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"],
        "fips": ["AWS_USE_FIPS_ENDPOINT": "true"],
        "dual": ["AWS_USE_DUALSTACK_ENDPOINT": "true"],
        "fips+dual": ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"],
        "AWS_ENDPOINT_URL": ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"],
        "AWS_ENDPOINT_URL_STS": [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2",
        ],
        "ignore": ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"],
        "url+fips": ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2", "AWS_USE_FIPS_ENDPOINT": "true"],
        "url+legacy": ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2", "AWS_STS_REGIONAL_ENDPOINTS": "legacy"],
        "url with path": ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:2/sts"],
        "bad legacy": ["AWS_STS_REGIONAL_ENDPOINTS": "bogus"],
        "empty url": ["AWS_ENDPOINT_URL_STS": ""],
        "no scheme": ["AWS_ENDPOINT_URL_STS": "127.0.0.1:2"],
    ]

    @Test func `all recorded endpoints are there`() {
        #expect(Self.vectors.count == 104)
    }

    @Test(arguments: vectors)
    func `the endpoint is the one that the SDKs choose`(_ vector: Vector) throws {
        let environment = try #require(Self.variants[vector.variant])
        let region = vector.region == "(none)" ? nil : vector.region
        if vector.endpoint.hasPrefix("http") {
            let endpoint = try STSEndpoint.resolve(region: region, environment: environment)
            #expect(endpoint.value.url == vector.endpoint)
        } else {
            let error = #expect(throws: CredentialError.self) {
                try STSEndpoint.resolve(region: region, environment: environment)
            }
            #expect(error?.kind == .settings)
        }
    }

    @Test(arguments: [
        "http://sts.example.com", "ftp://127.0.0.1", "https://user@example.com", "https://", "https://e\u{7}.com",
        "https://example.com?x=1", "https://example.com#x", "http://127.0.0.1.evil.com", "http://127.0.0.1@evil.com",
        "http://localhost:99999", "https://e x.com", "http://127.1", "http:\\\\127.0.0.1", "https://é.com",
    ])
    func `a URL that a token may not be sent to is refused`(_ url: String) {
        #expect(STSEndpoint(custom: url) == nil)
    }

    @Test(arguments: [
        ("http://localhost:4566", "http://localhost:4566/", true), ("http://[::1]:80/x", "http://[::1]:80/x/", true),
        ("https://sts.example.com/", "https://sts.example.com/", false),
        ("HTTPS://127.0.0.2", "https://127.0.0.2/", true),
    ])
    func `a custom endpoint ends in a slash`(_ url: String, _ expected: String, _ isLoopback: Bool) {
        #expect(STSEndpoint(custom: url)?.url == expected)
        #expect(STSEndpoint(custom: url)?.isLoopback == isLoopback)
    }
}
