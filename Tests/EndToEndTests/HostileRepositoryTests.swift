import FoundationEssentials
import TestSupport
import Testing

/// A repository that wants the identity token, or to choose the role: nothing in it decides where the token goes.
@Suite(.enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), .timeLimit(.minutes(3)))
struct HostileRepositoryTests {
    private let lab: Lab
    /// Where the repository would have the token sent: whoever is asked there has it.
    private let trap: LoopbackServer

    init() throws {
        lab = try #require(Lab.current)
        trap = try LoopbackServer([.response(200, "")])
    }

    /// Everything that decides about an exchange, set to what the repository likes.
    private func variables(in repository: String) -> [String: String] {
        let role = "arn:aws:iam::999999999999:role/attacker"
        var result = [
            "AWS_REGION": "eu-west-9", "AWS_DEFAULT_REGION": "eu-west-9", "AWS_ROLE_ARN": role,
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/etc/passwd", "AWS_ROLE_SESSION_NAME": "attacker",
            "AWS_PROFILE": "attacker", "AWS_DEFAULT_PROFILE": "attacker", "AWS_STS_REGIONAL_ENDPOINTS": "legacy",
            "AWS_CONFIG_FILE": repository + "/.aws/config",
            "AWS_SHARED_CREDENTIALS_FILE": repository + "/.aws/credentials",
            "AWS_CA_BUNDLE": repository + "/ca.pem", "SSL_CERT_FILE": repository + "/ca.pem",
            "SSL_CERT_DIR": repository, "CURL_CA_BUNDLE": repository + "/ca.pem", "AWS_MAX_ATTEMPTS": "1",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false", "AWS_USE_FIPS_ENDPOINT": "true",
            "XDG_CONFIG_HOME": repository + "/.config", "HOME": repository, "PATH": repository + "/bin:/usr/bin:/bin",
            "LD_PRELOAD": repository + "/preload.so", "LD_LIBRARY_PATH": repository,
            "OPENSSL_CONF": repository + "/openssl.cnf", "KUBERNETES_SERVICE_HOST": "127.0.0.1",
            "KUBERNETES_SERVICE_PORT": "\(trap.port)", "KUBECONFIG": repository + "/kubeconfig",
            "ACTIONS_ID_TOKEN_REQUEST_URL": trap.url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "t", "GITHUB_ACTIONS": "true",
            "BUILDKITE": "true", "BUILDKITE_AGENT_ENDPOINT": trap.url, "BUILDKITE_AGENT_ACCESS_TOKEN": "t",
            "BUILDKITE_JOB_ID": "j", "CIRCLECI": "true", "CIRCLE_OIDC_TOKEN_V2": "attacker", "GITLAB_CI": "true",
            "BITBUCKET_STEP_OIDC_TOKEN": "attacker", "GCE_METADATA_HOST": "127.0.0.1:\(trap.port)",
            "LAB_TOKEN": "attacker",
        ]
        for name in [
            "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy",
            "https_proxy", "all_proxy",
        ] { result[name] = String(trap.url.dropLast()) }
        for (name, value) in [
            ("ROLE_ARN", role), ("REGION", "eu-west-9"), ("AUDIENCE", "attacker"), ("TOKEN_FILE", "/etc/passwd"),
            ("TOKEN_ENV", "LAB_TOKEN"), ("TOKEN_COMMAND", repository + "/bin/mint"), ("TOKEN_SOURCE", "github"),
            ("STS_ENDPOINT", trap.url), ("PROFILE", "attacker"), ("SESSION_NAME", "attacker"),
            ("CREDENTIALS_CONFIG", repository + "/.config/okteto-run/aws-credentials-config.yaml"),
            ("EXPECTED_ISSUER", "attacker"), ("EXPECTED_SUBJECT", "attacker"), ("NO_CREDENTIALS", "true"),
            ("SERVICE_ACCOUNT", "a/b"), ("KUBECONFIG", repository + "/kubeconfig"), ("SESSION_POLICY", "{}"),
            ("ALLOWED_ACCOUNT", "999999999999"), ("DURATION", "43200"),
        ] { result["OKTETO_RUN_" + name] = value }
        return result
    }

    /// A repository with all that in every place where it can set a variable, and with files in every place where
    /// settings might be looked for.
    private func repository(commands: String) throws -> Workspace {
        let workspace = try Workspace(manifest: commands)
        let path = workspace.path
        let variables = variables(in: path)
        let lines = variables.map { "\($0)=\($1)\n" }.joined()
        let role = "arn:aws:iam::999999999999:role/attacker"
        let profile =
            "role_arn = \(role)\nweb_identity_token_file = /etc/passwd\nregion = eu-west-9\nendpoint_url = \(trap.url)\n"
        let settings = """
            apiVersion: admin.okteto.com/v1
            kind: DynamicConfig
            metadata: {name: aws-credentials-config}
            spec: {roleARN: "\(role)", region: eu-west-9, tokenFile: /etc/passwd, stsEndpoint: "\(trap.url)"}

            """
        let files = [
            ".env": lines, ".okteto/.env": lines, ".aws/config": "[default]\n\(profile)[profile attacker]\n\(profile)",
            ".aws/credentials": "[default]\n\(profile)[attacker]\n\(profile)", "aws-credentials-config.yaml": settings,
            ".config/okteto-run/aws-credentials-config.yaml": settings,
            "okteto-run/aws-credentials-config.yaml": settings, "ca.pem": "", "config": "[default]\n\(profile)",
            "bin/mint": "#!/bin/sh\ntouch '\(path)/minted'\n",
        ]
        for (name, text) in files {
            let file = path + "/" + name
            let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
        }
        return workspace
    }

    private func options(for workspace: borrowing Workspace) -> [String] {
        variables(in: workspace.path).filter { $0.key != "PATH" && $0.key != "LD_PRELOAD" }
            .flatMap { ["--var", "\($0)=\($1)"] }
    }

    @Test(arguments: [false, true])
    func `the token goes where the user says, whatever the repository sets`(byOptions: Bool) async throws {
        let workspace = try repository(
            commands: "deploy:\n- test -n \"$AWS_SESSION_TOKEN\" && echo \"key ${AWS_ACCESS_KEY_ID:+is there}\"\n"
        )
        let home = try Workspace(manifest: "")
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["HOME"] = home.path
        // What is given with --var is for the commands alone, as what .env says is.
        let options = byOptions ? options(for: workspace) : []
        let result = try await Program.run(["deploy"] + options, in: workspace.path, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "key is there\n")
        #expect(result.errors.contains("assumed arn:aws:sts::112233445566:assumed-role/okteto-credentials/okteto-run"))
        #expect(!result.errors.contains("999999999999"))
        #expect(trap.requests.isEmpty, "\(trap.requests.map(\.lines))")
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/minted"))
    }

    @Test func `the settings are the user's alone, as credentials check shows`() async throws {
        let workspace = try repository(commands: "deploy:\n- 'true'\n")
        let home = try Workspace(manifest: "")
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["HOME"] = home.path
        let result = try await Program.run(["credentials", "check"], in: workspace.path, environment: environment)
        let shown = result.output + result.errors
        #expect(result.status == 0, "\(shown)")
        for attack in ["attacker", "999999999999", "eu-west-9", trap.url, workspace.path] {
            #expect(!shown.contains(attack), "\(attack): \(shown)")
        }
        #expect(trap.requests.isEmpty)
    }

    @Test func `with nothing configured by the user, the repository gets no exchange made`() async throws {
        let workspace = try repository(commands: "deploy:\n- echo ran\n")
        let home = try Workspace(manifest: "")
        let result = try await Program.run(
            ["deploy", "--engine", "shell"],
            in: workspace.path,
            environment: ["HOME": home.path]
        )
        #expect(
            result.errors.contains("no role is configured: running without exchanged credentials"),
            "\(result.errors)"
        )
        #expect(!result.errors.contains("assumed"))
        #expect(trap.requests.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/minted"))
    }

    @Test func `what a command leaves in OKTETO_ENV does not change the next exchange`() async throws {
        let commands = """
            deploy:
              commands:
              - grep -v -e ^PATH= -e ^LD_ .env >>"$OKTETO_ENV"; sleep 6
              - test -n "$AWS_SESSION_TOKEN" && echo "still there"

            """
        let workspace = try repository(commands: commands)
        try FileManager.default.removeItem(atPath: workspace.path + "/.okteto/.env")
        let home = try Workspace(manifest: "")
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["HOME"] = home.path
        // Sessions of five seconds, so that the second command needs another exchange.
        let result = try await Program.run(
            ["deploy", "--duration", "5s"],
            in: workspace.path,
            environment: environment
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "still there\n")
        #expect(result.errors.split(separator: "assumed arn:aws:sts::112233445566:").count >= 3, "\(result.errors)")
        #expect(trap.requests.isEmpty, "\(trap.requests.map(\.lines))")
    }
}
