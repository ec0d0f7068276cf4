import FoundationEssentials
import Testing

/// Settings of the credentials in files of the user's, with real exchanges.
@Suite(.enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), .timeLimit(.minutes(2)))
struct SettingsFilesTests {
    private let lab: Lab
    private static let manifest = "deploy:\n- test -n \"$AWS_SESSION_TOKEN\" && echo \"key of $AWS_REGION\"\n"

    init() throws {
        lab = try #require(Lab.current)
    }

    /// The document of docs/settings.md, which has the lab's role and audience.
    private func documented(region: String) throws -> String {
        let block = try #require(FencedBlock.all.first { $0.mark.contains("<!-- settings -->") })
        return block.text.replacing("region: us-east-2", with: "region: \(region)")
    }

    private func home(_ files: [String: String]) throws -> Workspace {
        let home = try Workspace(manifest: "")
        for (name, text) in files {
            let path = home.path + "/" + name
            let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
            try FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        return home
    }

    private var profile: String {
        """
        [default]
        role_arn = \(lab.roleARN)
        web_identity_token_file = ~/token
        region = \(lab.region)
        ca_bundle = \(lab.caBundle)
        services = lab
        [services lab]
        sts =
          endpoint_url = \(lab.endpoint)

        """
    }

    @Test func `the document of the settings' page is enough, beside a token and where STS is`() async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let home = try home([
            ".config/okteto-run/aws-credentials-config.yaml": try documented(region: lab.region),
            "token": try await lab.token(),
        ])
        let environment = [
            "HOME": home.path, "AWS_WEB_IDENTITY_TOKEN_FILE": home.path + "/token", "AWS_ENDPOINT_URL": lab.endpoint,
            "AWS_CA_BUNDLE": lab.caBundle,
        ]
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "key of \(lab.region)\n")
        let check = try await Program.run(["credentials", "check"], in: workspace.path, environment: environment)
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        let shown = check.output + check.errors
        #expect(
            shown.contains("spec.roleARN, \(home.path)/.config/okteto-run/aws-credentials-config.yaml:9:12"),
            "\(shown)"
        )
        #expect(shown.contains("variable AWS_WEB_IDENTITY_TOKEN_FILE"))
    }

    @Test func `a profile alone is enough`() async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let home = try home([".aws/config": profile, "token": try await lab.token()])
        let result = try await Program.run(["deploy"], in: workspace.path, environment: ["HOME": home.path])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "key of \(lab.region)\n")
        #expect(result.errors.contains("assumed arn:aws:sts::112233445566:assumed-role/okteto-credentials/"))
        let check = try await Program.run(
            ["credentials", "check", "--profile", "default"],
            in: workspace.path,
            environment: ["HOME": home.path]
        )
        let shown = check.output + check.errors
        #expect(check.status == 0, "\(shown)")
        #expect(shown.contains("role_arn of profile default, \(home.path)/.aws/config:2:1"), "\(shown)")
        #expect(shown.contains("endpoint_url of profile default, \(home.path)/.aws/config:9:3"), "\(shown)")
    }

    @Test func `a malformed file ends the run with its place before anything runs`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo ran\n")
        let home = try home([
            ".aws/config": "[default]\nregion = a\nregion = b\n", "settings.yaml": "spec: {roleArn: x}\n",
        ])
        let environment = ["HOME": home.path]
        let profile = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(profile.status == 77)
        #expect(profile.output.isEmpty)
        #expect(profile.errors.contains("\(home.path)/.aws/config:3:1: the key 'region' is there twice"))
        let settings = try await Program.run(
            ["deploy", "--credentials-config", home.path + "/settings.yaml"],
            in: workspace.path,
            environment: ["HOME": home.path, "AWS_CONFIG_FILE": "/dev/null"]
        )
        #expect(settings.status == 77)
        #expect(
            settings.errors.contains("\(home.path)/settings.yaml:1:8: 'roleArn' is not a key of 'spec'"),
            "\(settings.errors)"
        )
        let without = try await Program.run(
            ["deploy", "--no-credentials"],
            in: workspace.path,
            environment: environment
        )
        #expect(without.status == 0, "\(without.errors)")
    }

    @Test(arguments: ["--expected-issuer=https://other.example.com", "--expected-subject=system:serviceaccount:a:b"])
    func `a token of another issuer or subject is not sent`(option: String) async throws {
        let workspace = try Workspace(manifest: "deploy:\n- echo ran\n")
        let environment = lab.environment(token: try await lab.token(), engine: nil)
        let result = try await Program.run(["deploy", option], in: workspace.path, environment: environment)
        #expect(result.status == 77)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("it was not sent"), "\(result.errors)")
        #expect(result.errors.contains("(option \(option.prefix { $0 != "=" }))"), "\(result.errors)")
    }

    @Test func `the token's own issuer and subject are taken`() async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["OKTETO_RUN_EXPECTED_SUBJECT"] = "system:serviceaccount:okteto:okteto"
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
    }
}
