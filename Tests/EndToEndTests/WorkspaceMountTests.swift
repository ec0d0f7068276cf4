import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// `--workspace mount` with real engines.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(5)))
struct WorkspaceMountTests {
    private func environment(_ engine: LabEngine) -> [String: String] {
        [
            "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name,
            "OKTETO_RUN_NETWORK": "host", "OKTETO_RUN_WORKSPACE": "mount",
        ]
    }

    @Test(arguments: Lab.engines)
    func `a mounted folder is the folder itself, ignored files included`(engine: LabEngine) async throws {
        let workspace = try Workspace(
            manifest: """
                test:
                  t:
                    image: busybox
                    commands: ['pwd; ls -A; cat ../ca.pem 2>/dev/null; echo new > made; mkdir r; echo 1 > r/a']
                    artifacts: [made, r, {path: r, destination: copy}, none]
                """,
            files: ["secret.key": "", ".oktetoignore": "*.key\n"]
        )
        let result = try await Program.run(["test"], in: workspace.path, environment: environment(engine))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "/okteto/src\n.oktetoignore\nokteto.yml\nsecret.key\n")
        #expect(try String(contentsOfFile: workspace.path + "/made", encoding: .utf8) == "new\n")
        #expect(try String(contentsOfFile: workspace.path + "/copy/a", encoding: .utf8) == "1\n")
        #expect(result.errors.contains(".oktetoignore has no effect"))
        #expect(result.errors.contains("the artifact 'none' of test 't' does not exist"))
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.path)
        #expect(names.allSatisfy { !$0.hasPrefix(".okteto-run") })
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `a certificate bundle reaches a container whose folder is mounted`(engine: LabEngine) async throws {
        let workspace = try Workspace(
            manifest: "deploy:\n  image: busybox\n  commands:\n  - cat $AWS_CA_BUNDLE; ls\n",
            files: ["ca.pem": "CERTIFICATE\n"]
        )
        var environment = environment(engine)
        environment["AWS_CA_BUNDLE"] = workspace.path + "/ca.pem"
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.output == "CERTIFICATE\nca.pem\nokteto.yml\n", "\(result.errors)")
    }

    /// Runs a script, whose `$0` is the program, in a mount namespace of its own.
    private func runApart(_ script: String, _ engine: LabEngine) async throws -> Program.Result {
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in environment(engine) { variables[Environment.Key(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .name("unshare"),
            arguments: ["--mount", "sh", "-c", script, Program.path],
            environment: .inherit.updating(variables),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        var status: Int32 = -1
        if case .exited(let code) = result.terminationStatus { status = code }
        return Program.Result(status: status, output: result.standardOutput, errors: result.standardError)
    }

    /// An engine that runs elsewhere has other folders by the same names: a mount namespace makes that so.
    @Test(arguments: Lab.engines, ["mount -t tmpfs none", "mkdir -p sub; mount --bind sub"])
    func `an engine that sees another folder is found out`(engine: LabEngine, mount: String) async throws {
        let workspace = try Workspace(manifest: "deploy:\n  image: busybox\n  commands:\n  - echo ran\n")
        let script = """
            cd \(workspace.path) && cp okteto.yml /tmp/\(workspace.path.split(separator: "/").last ?? "").yml
            \(mount) \(workspace.path) && cd \(workspace.path)
            mv /tmp/\(workspace.path.split(separator: "/").last ?? "").yml okteto.yml
            "$0" deploy; status=$?; ls -A; exit $status
            """
        let result = try await runApart(script, engine)
        #expect(result.status == 69, "\(result.errors)")
        #expect(result.output == "okteto.yml\n")
        #expect(result.errors.contains("is not the one of this machine"))
        #expect(result.errors.contains("--workspace copy"))
        #expect(try await engine.hasNoContainers())
    }

    /// The folder is only in the mount namespace of okteto-run.
    @Test(arguments: Lab.engines)
    func `an engine that has no such folder runs nothing`(engine: LabEngine) async throws {
        let name = "/mnt/okteto-run-test-\(UUID().uuidString)"
        let script = """
            mount -t tmpfs none /mnt && mkdir \(name) && cd \(name)
            printf 'deploy:\\n  image: busybox\\n  commands:\\n  - echo ran\\n' > okteto.yml; "$0" deploy
            """
        let result = try await runApart(script, engine)
        #expect(result.status == 69, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("--workspace copy"), "\(result.errors)")
        // Podman makes one however it is asked; the check finds out that it is another.
        if engine.name == "docker" { #expect(!FileManager.default.fileExists(atPath: name)) }
        rmdir(name)
    }
}
