import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@Suite(
    "The way to an engine",
    .enabled(if: Lab.current?.dockerTLS != nil, "OKTETO_RUN_LAB_ENV names no Docker"),
    .serialized
)
struct EngineConnectionTests {
    private static let manifest = """
        deploy:
          image: busybox
          commands:
          - echo out; echo err >&2; cat file
          - exit 7

        """

    private func run(_ environment: [String: String], files: [String: String] = [:]) async throws -> Program.Result {
        let workspace = try Workspace(
            manifest: Self.manifest,
            files: files.merging(["file": "copied\n"]) { given, _ in given }
        )
        return try await Program.run(["deploy", "--network", "none"], in: workspace.path, environment: environment)
    }

    private func tls(_ folder: String, verify: String = "1") throws -> [String: String] {
        let lab = try #require(Lab.current)
        let path = try #require(lab.dockerTLS)
        return [
            "DOCKER_HOST": try #require(lab.dockerTLSAddress), "DOCKER_TLS_VERIFY": verify,
            "DOCKER_CERT_PATH": "\(path)/\(folder)",
        ]
    }

    @Test func `TLS with a client's certificate`() async throws {
        let result = try await run(tls("client"))
        #expect(result.status == 7, "\(result.errors)")
        #expect(result.output == "out\ncopied\n")
        #expect(result.errors.contains("using docker at tcp://127.0.0.1:"))
    }

    @Test(
        arguments: [
            ("suspicious", "unable to get local issuer certificate", "ca.pem"),
            ("stranger", "", "cert.pem and key.pem"),
            ("anonymous", "", "cert.pem and key.pem"),
            ("nothing", "none of ca.pem, cert.pem and key.pem can be read", "name the folder"),
        ]
    )
    func `TLS that is refused is told, with what to do`(folder: String, words: String, advice: String) async throws {
        let result = try await run(tls(folder))
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(words) && result.errors.contains(advice), "\(result.errors)")
    }

    @Test func `plain HTTP to a port of TLS is told`() async throws {
        let lab = try #require(Lab.current)
        let result = try await run(["DOCKER_HOST": try #require(lab.dockerTLSAddress)])
        #expect(result.status == 69)
        #expect(result.errors.contains("that port speaks TLS: set DOCKER_TLS_VERIFY=1"), "\(result.errors)")
    }

    @Test func `TLS by a docker context that the docker program made`() async throws {
        let lab = try #require(Lab.current)
        let path = try #require(lab.dockerTLS)
        let folder = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let address = try #require(lab.dockerTLSAddress)
        let files = "ca=\(path)/client/ca.pem,cert=\(path)/client/cert.pem,key=\(path)/client/key.pem"
        let made = try await Subprocess.run(
            .name("docker"),
            arguments: ["context", "create", "lab", "--docker", "host=\(address),\(files)"],
            environment: .inherit.updating(["DOCKER_CONFIG": folder]),
            output: .string(limit: 65_536),
            error: .string(limit: 65_536)
        )
        #expect(made.terminationStatus.isSuccess, "\(made.standardError)")
        let result = try await run(["DOCKER_CONFIG": folder, "DOCKER_CONTEXT": "lab"])
        #expect(result.status == 7, "\(result.errors)")
        #expect(result.errors.contains("from the docker context 'lab'"))
    }

    @Test(.enabled(if: Lab.current?.sshAddress != nil, "the lab has no ssh"))
    func `an engine over ssh runs the phase, and a signal ends it without a rest`() async throws {
        let lab = try #require(Lab.current)
        let address = try #require(lab.sshAddress)
        let environment = ssh(lab, address)
        let result = try await run(environment)
        #expect(result.status == 7, "\(result.errors)")
        #expect(result.output == "out\ncopied\n")
        #expect(result.errors.contains("using docker at \(address), from DOCKER_HOST"))
        // With the socket's path it is another engine: the lab's Podman.
        if let socket = lab.podmanSocket {
            let other = try await run(ssh(lab, address + socket))
            #expect(other.status == 7, "\(other.errors)")
            #expect(other.errors.contains("using podman at"))
        }
        for (signal, status) in [(Signal.terminate, 143), (.kill, 137)] as [(Signal, Int32)] {
            let workspace = try Workspace(
                manifest: "test:\n  over-ssh:\n    image: busybox\n    commands:\n"
                    + "    - echo ready; trap 'echo cleaned; exit 1' TERM; sleep 100 & wait\n"
            )
            let ended = try await Program.run(
                ["test", "--network", "none"],
                in: workspace.path,
                environment: environment,
                sending: signal,
                after: "ready"
            )
            #expect(ended.status == status)
            if signal == .terminate { #expect(ended.output.contains("cleaned")) }
            let engine = try #require(Lab.engines.first { $0.name == "docker" })
            #expect(try await engine.hasNoContainers(ofTest: "over-ssh"), "\(signal)")
        }
    }

    @Test(.enabled(if: Lab.current?.sshAddress != nil, "the lab has no ssh"))
    func `what ssh and docker say over there is the error`() async throws {
        let lab = try #require(Lab.current)
        let address = try #require(lab.sshAddress)
        let refused = try await run(ssh(lab, address.replacing("root@", with: "nobody@")))
        #expect(refused.status == 69)
        #expect(refused.errors.contains("ssh ended with status"), "\(refused.errors)")
        let absent = try await run(ssh(lab, address + "/nosuch.sock"))
        #expect(absent.status == 69)
        #expect(absent.errors.contains("/nosuch.sock"), "\(absent.errors)")
    }

    private func ssh(_ lab: Lab, _ address: String) -> [String: String] {
        let path = EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin"
        return ["DOCKER_HOST": address, "PATH": "\(lab.sshBin ?? ""):\(path)"]
    }
}
