import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@Suite(.enabled(if: Lab.isRunning, "the lab is not running (Lab/lab start)"))
struct CredentialsModeTests {
    @Test(arguments: Lab.places)
    func `the AWS CLI takes credentials from the endpoint`(engine: LabEngine?) async throws {
        let lab = try #require(Lab.current)
        let manifest = """
            deploy:
              image: amazon/aws-cli
              commands:
              - aws s3 ls && aws configure list
              - echo "<$AWS_ACCESS_KEY_ID>" "$AWS_CONTAINER_AUTHORIZATION_TOKEN" "$AWS_CONTAINER_CREDENTIALS_FULL_URI"
            """
        let workspace = try Workspace(manifest: manifest)
        let result = try await Program.run(
            ["deploy", "--credentials-mode", "endpoint"],
            in: workspace.path,
            environment: lab.environment(token: try await lab.token(), engine: engine)
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("container-role"), "\(result.output)")
        #expect(result.output.contains("<> *** http://127.0.0.1:"), "\(result.output)")
    }

    @Test(arguments: Lab.engines)
    func `a container in another network is refused before anything runs`(engine: LabEngine) async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n  image: busybox\n  commands:\n  - echo ran\n")
        let result = try await Program.run(
            ["deploy", "--credentials-mode", "endpoint", "--network", "none"],
            in: workspace.path,
            environment: lab.environment(token: try await lab.token(), engine: engine)
        )
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("cannot be reached"))
    }

    @Test(arguments: ["env", "endpoint"])
    func `no command of a phase sees credentials that have expired`(mode: String) async throws {
        let lab = try #require(Lab.current)
        let script = FileManager.default.currentDirectoryPath + "/Benchmarks/long-phase"
        let result = try await Subprocess.run(
            .path(FilePath(script)),
            arguments: [Program.path, try #require(EnvironmentVariable.value("OKTETO_RUN_LAB_ENV")), "15", mode],
            environment: .inherit.updating(["OKTETO_RUN_LAB_DIR": lab.lab]),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardOutput)")
    }
}
