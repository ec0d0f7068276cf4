import FoundationEssentials
import Testing

/// The manifest of Okteto's AWS guide, on a real STS and S3, in every place where phases run.
@Suite(.serialized, .enabled(if: Lab.isRunning, "needs the lab: scripts/test starts it"), .timeLimit(.minutes(5)))
struct GuideTests {
    static var manifest: String {
        let path = FileManager.default.currentDirectoryPath + "/examples/okteto.yml"
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    @Test(arguments: Lab.places)
    func `deploy, test and destroy succeed with exchanged credentials`(engine: LabEngine?) async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: Self.manifest)
        let token = try await lab.token()
        let environment = lab.environment(token: token, engine: engine)
        let deploy = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(deploy.status == 0, "\(deploy.errors)")
        #expect(deploy.output == "make_bucket: test-bucket\n")
        let test = try await Program.run(["test"], in: workspace.path, environment: environment)
        #expect(test.status == 0, "\(test.errors)")
        #expect(test.output.hasSuffix("test-bucket\n"))
        let destroy = try await Program.run(["destroy"], in: workspace.path, environment: environment)
        #expect(destroy.status == 0, "\(destroy.errors)")
        #expect(destroy.output == "remove_bucket: test-bucket\n")
        if let engine { #expect(try await engine.hasNoContainers()) }
    }

    // Here and not with the other tests of documents, because this suite runs one at a time: they share the bucket.
    @Test(arguments: Lab.places, FencedBlock.all.filter(\.isRun))
    func `the commands of a document succeed`(engine: LabEngine?, block: FencedBlock) async throws {
        try await DocumentedCommands.expectSuccess(of: block, engine: engine)
    }

    @Test(arguments: Lab.places)
    func `a token for another audience is refused before anything runs, and both audiences are named`(
        engine: LabEngine?
    ) async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n  image: busybox\n  commands:\n  - echo ran\n")
        let environment = lab.environment(token: try await lab.token("aud=somewhere.else"), engine: engine)
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 77)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("somewhere.else"))
        #expect(result.errors.contains(lab.audience))
        if let engine { #expect(try await engine.hasNoContainers()) }
    }

    @Test(arguments: ["sub=someone:else", "iss=http://127.0.0.1:1", "exp=-600", "alg=none", "key=k2"])
    func `a token that STS does not take is refused before anything runs`(change: String) async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n- echo ran\n")
        let environment = lab.environment(token: try await lab.token(change), engine: nil)
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 77, "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func `an STS of an unknown authority is not sent the token`() async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n- echo ran\n")
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["AWS_CA_BUNDLE"] = lab.otherCA
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 77, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("certificate"))
    }

    @Test func `an STS that is down is a temporary failure`() async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(manifest: "deploy:\n- echo ran\n")
        var environment = lab.environment(token: try await lab.token(), engine: nil)
        environment["AWS_ENDPOINT_URL_STS"] = "https://localhost:1"
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 75, "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func `the repository's .env does not redirect the token`() async throws {
        let lab = try #require(Lab.current)
        let hostile = """
            AWS_ENDPOINT_URL_STS=https://localhost:1
            OKTETO_RUN_ROLE_ARN=arn:aws:iam::999999999999:role/evil
            AWS_PROFILE=nosuch
            AWS_SECURITY_TOKEN=stale
            """
        let workspace = try Workspace(manifest: "deploy:\n- aws s3 ls\n", files: [".env": hostile])
        let environment = lab.environment(token: try await lab.token(), engine: nil)
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(arguments: Lab.places)
    func `secrets that commands print are masked in every form, and are nowhere else`(engine: LabEngine?) async throws {
        let lab = try #require(Lab.current)
        let manifest = """
            deploy:
              image: amazon/aws-cli
              commands:
              - echo "$AWS_SECRET_ACCESS_KEY"; printf %s "$AWS_SESSION_TOKEN" >&2
              - printf %s "$AWS_SECRET_ACCESS_KEY" | base64; printf %s "x$AWS_SECRET_ACCESS_KEY" | base64
              - printf %s "$AWS_SECRET_ACCESS_KEY" | od -An -tx1 | tr -d ' \\n'
              - printf %s "$AWS_SECRET_ACCESS_KEY" | cksum; env | grep -c LAB_TOKEN || true
            """
        let workspace = try Workspace(manifest: manifest)
        let token = try await lab.token()
        let result = try await Program.run(
            ["deploy"],
            in: workspace.path,
            environment: lab.environment(token: token, engine: engine)
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("***\n"))
        #expect(result.errors.contains("***"))
        #expect(!(result.output + result.errors).contains(token))
        // Three secrets were printed in three forms; apart from checksum and count nothing of them is left.
        let rest = result.output.split(separator: "\n").filter { !$0.contains("***") }
        #expect(rest.count <= 2, "\(rest)")
    }
}
