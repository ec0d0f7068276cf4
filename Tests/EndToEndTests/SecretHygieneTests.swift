import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// While credentials are in use, nobody but the commands can see them.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(5)))
struct SecretHygieneTests {
    @Test(arguments: Lab.engines)
    func `neither inspect, nor ps, nor the engine's data has a secret, during the run and after it`(
        engine: LabEngine
    ) async throws {
        let lab = try #require(Lab.current)
        // The command hands its own secrets to the test by a checksum-free way out: the reversed text is in no list.
        let manifest = """
            deploy:
              image: busybox
              commands:
              - printf 'key %s\\ntoken %s\\n' "$(printf %s "$AWS_SECRET_ACCESS_KEY" | rev)" "$(printf %s "$AWS_SESSION_TOKEN" | rev)"; echo ready; sleep 4
            """
        let workspace = try Workspace(manifest: manifest)
        let token = try await lab.token()
        let environment = lab.environment(token: token, engine: engine)
        async let run = Program.run(["deploy"], in: workspace.path, environment: environment)
        var during = ""
        for _ in 0..<30 {
            try await Task.sleep(for: .milliseconds(100))
            during += try await inspection(of: engine)
            during += try await Self.output(of: "ps", ["-eo", "args"])
        }
        let result = try await run
        #expect(result.status == 0, "\(result.errors)")
        let secrets = result.output.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ")
            return parts.count == 2 && ["key", "token"].contains(parts[0]) ? String(parts[1].reversed()) : nil
        }
        #expect(secrets.count == 2, "\(result.output)")
        #expect(during.contains("okteto-run"), "the container was never seen")
        for secret in secrets + [token] {
            #expect(!during.contains(secret))
            #expect(!(result.output + result.errors).contains(secret))
            let found = try await Self.output(of: "grep", ["-rlaF", "--", secret, engine.root])
            #expect(found.isEmpty, "\(found)")
        }
    }

    private func inspection(of engine: LabEngine) async throws -> String {
        let list = try await engine.containers()
        var text = list
        for piece in list.split(separator: "\"Id\":\"").dropFirst() {
            text += try await engine.get("/v1.40/containers/\(piece.prefix { $0 != "\"" })/json")
        }
        return text
    }

    private static func output(of program: String, _ arguments: [String]) async throws -> String {
        try await Subprocess.run(
            .name(program),
            arguments: Arguments(arguments),
            output: .string(limit: 64 << 20),
            error: .discarded
        ).standardOutput
    }
}
