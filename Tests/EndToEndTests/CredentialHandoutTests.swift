import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@Suite(.enabled(if: Lab.isRunning, "the lab is not running (Lab/lab start)"))
struct CredentialHandoutTests {
    private func shell(_ script: String, _ environment: [String: String], in folder: String) async throws -> String {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: ["-c", script],
            environment: .custom(variables),
            workingDirectory: FilePath(folder),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return result.standardOutput
    }

    private func environment(home: String) async throws -> [String: String] {
        let lab = try #require(Lab.current)
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["HOME"] = home
        environment["PROGRAM"] = Program.path
        return environment
    }

    @Test func `the AWS CLI takes credentials from credential_process`() async throws {
        let config = """
            [profile okteto]
            credential_process = \(Program.path) credentials process --credentials-cache
            region = us-west-2
            """
        let workspace = try Workspace(manifest: "", files: ["config": config])
        var environment = try await environment(home: workspace.path)
        environment["AWS_CONFIG_FILE"] = workspace.path + "/config"
        let output = try await shell(
            "aws --profile okteto s3 ls && aws --profile okteto configure list",
            environment,
            in: workspace.path
        )
        #expect(output.contains("custom-process"), "\(output)")
    }

    @Test(arguments: [
        ("/bin/dash", "sh"), ("/bin/bash", "sh"), ("/bin/zsh", "sh"), ("/bin/mksh", "sh"), ("/usr/bin/fish", "fish"),
    ])
    func `a shell evaluates what credentials env prints, and the AWS CLI takes it`(
        shell path: String,
        syntax: String
    ) async throws {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            try Test.cancel("\(path) is not installed (Lab/install shells)")
        }
        let script =
            syntax == "fish"
            ? #"$PROGRAM credentials env --shell fish | source; aws s3 ls; and aws configure list; "#
                + #"set -q AWS_SECURITY_TOKEN; or echo "<unset>""#
            : #"eval "$("$PROGRAM" credentials env)"; aws s3 ls && aws configure list; "#
                + #"echo "<${AWS_SECURITY_TOKEN-unset}>""#
        let workspace = try Workspace(manifest: "", files: ["script": script])
        var environment = try await environment(home: workspace.path)
        environment["AWS_SECURITY_TOKEN"] = "stale"
        let output = try await shell(path + " ./script", environment, in: workspace.path)
        #expect(output.contains(" env "), "\(output)")
        #expect(output.contains("<unset>"), "\(output)")
    }

    @Test func `fifty processes at once make one exchange, which lies in a file of this user alone`() async throws {
        let workspace = try Workspace(manifest: "", files: ["token": try await #require(Lab.current).token()])
        var environment = try await environment(home: workspace.path)
        environment["OKTETO_RUN_CREDENTIALS_CACHE"] = "true"
        environment["COUNT"] = "50"
        let output = try await shell(
            """
            umask 000
            for ((i = 0; i < COUNT; i++)); do "$PROGRAM" credentials process >"out-$i" 2>"err-$i" & done
            wait
            cat out-* | sort | uniq -c | awk '{print $1}'
            stat -c '%a %F' .cache/okteto-run/credentials .cache/okteto-run/credentials/*.json
            """,
            environment,
            in: workspace.path
        )
        #expect(output == "50\n700 directory\n600 regular file\n", "\(output)")
    }

    @Test func `without a role there is nothing to print`() async throws {
        let workspace = try Workspace(manifest: "")
        for command in ["process", "env"] {
            let result = try await Program.run(["credentials", command], in: workspace.path)
            #expect(result.status == 77)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("no role is configured"))
        }
    }
}
