import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct CacheKeyTests {
    private static let base = CredentialOptions(
        roleARN: Samples.role,
        region: "us-east-2",
        audience: TokenFactory.audience,
        tokenFile: "/nonexistent/token"
    )

    private func key(_ options: CredentialOptions, _ environment: EnvironmentVariables = [:]) throws -> String {
        let settings = try CredentialSettings.resolve(options: options, environment: environment, phase: "deploy")
        return try CacheKey.of(try #require(settings), try IdentityToken(Secret(TokenFactory.text()), from: "test"))
    }

    /// Whoever adds a setting has to say whether it is part of the key: one that is forgotten would let credentials of
    /// other settings be used.
    @Test func `every setting is part of the key or left out for a reason`() throws {
        let properties = Mirror(reflecting: try Samples.settings()).children.compactMap(\.label)
        let parts = CacheKey.parts.map(\.property)
        #expect(Set(parts).union(CacheKey.leftOut) == Set(properties))
        #expect(Set(parts).isDisjoint(with: CacheKey.leftOut))
        #expect(Set(parts).count == parts.count)
    }

    @Test func `another value of any setting that counts is another key`() throws {
        typealias Change = (String, (inout CredentialOptions, inout EnvironmentVariables) -> Void)
        let changes: [Change] = [
            ("roleARN", { options, _ in options.roleARN = Samples.role + "-2" }),
            ("region", { options, _ in options.region = "us-east-1" }),
            ("audience", { options, _ in options.audience = nil }),
            ("expectedIssuer", { options, _ in options.expectedIssuer = TokenFactory.issuer }),
            ("expectedSubject", { options, _ in options.expectedSubject = TokenFactory.subject }),
            ("tokenSource", { options, _ in options.tokenFile = "/nonexistent/other" }),
            ("sessionName", { options, _ in options.sessionName = "other" }),
            ("duration", { options, _ in options.duration = "2h" }),
            ("sessionPolicy", { options, _ in options.sessionPolicy = "{}" }),
            ("policyARNs", { options, _ in options.policyARNs = ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
            ("allowedAccounts", { options, _ in options.allowedAccounts = ["112233445566"] }),
            ("endpoint", { options, _ in options.stsEndpoint = "https://sts.example.com" }),
            ("authorities", { _, environment in environment = ["AWS_CA_BUNDLE": "/etc/ca.pem"] }),
        ]
        #expect(Set(changes.map(\.0)) == Set(CacheKey.parts.map(\.property)))
        var keys = [try key(Self.base)]
        for (_, change) in changes {
            var options = Self.base
            var environment: EnvironmentVariables = [:]
            change(&options, &environment)
            keys.append(try key(options, environment))
        }
        #expect(Set(keys).count == keys.count)
    }

    @Test func `where a value was set, and how often STS is asked, changes nothing`() throws {
        var options = Self.base
        options.roleARN = nil
        let environment: EnvironmentVariables = ["AWS_ROLE_ARN": Samples.role, "AWS_MAX_ATTEMPTS": "7", "X": "y"]
        #expect(try key(options, environment) == key(Self.base))
    }

    @Test func `a list of two is not a list of their text, and none is not an empty one`() throws {
        var two = Self.base
        two.policyARNs = ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"]
        var swapped = Self.base
        swapped.policyARNs = two.policyARNs.reversed()
        var one = Self.base
        one.policyARNs = [two.policyARNs[0]]
        let keys = try [two, swapped, one, Self.base].map { try key($0) }
        #expect(Set(keys).count == 4)
    }
}
