import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Nobody but the commands can see the secrets, in whatever form: not while they are in use and not after.
@Suite(.serialized, .enabled(if: !Lab.engines.isEmpty, "needs the lab's engines"), .timeLimit(.minutes(10)))
struct SecretHygieneTests {
    static let variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]

    /// Hands the command's own secrets to the test in a form that no mask knows: reversed.
    static let confess = variables.map { "printf '\($0) %s\\n' \"$(printf %s \"$\($0)\" | rev)\"" }.joined(
        separator: "; "
    )

    private static func confessed(in output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            return parts.count == 2 && variables.contains(String(parts[0])) ? String(parts[1].reversed()) : nil
        }
    }

    @Test(arguments: Lab.places, ["tty", "plain", "json"])
    func `a secret that a command prints is masked, whatever its form`(
        engine: LabEngine?,
        format: String
    ) async throws {
        let lab = try #require(Lab.current)
        let token = try await lab.token()
        var commands = [Self.confess]
        for variable in Self.variables + ["GIVEN"] {
            for form in SecretForm.allCases {
                commands.append("V=$\(variable); printf '<\(form.rawValue):'; \(form.command); echo '>'")
                commands.append("V=$\(variable); { printf '<\(form.rawValue):'; \(form.command); echo '>'; } >&2")
            }
            // In two pieces, in the shell's own trace, and in the listing of the environment.
            let value = "$\(variable)"
            commands.append("printf '<half:'; printf %.9s \"\(value)\"; sleep 0.2; printf %s \"\(value)\" | cut -c 10-")
            commands.append("set -x; : \"\(value)\"; set +x; env | grep '^\(variable)='; export -p | grep \(variable)=")
        }
        let quoted = commands.map { "  - |\n    \($0)\n" }.joined()
        let workspace = try Workspace(manifest: "deploy:\n  image: amazon/aws-cli\n  commands:\n" + quoted)
        let secret = "sëcret/with \"quotes\" & $igns\\+ %41"
        let result = try await Program.run(
            ["deploy", "--log-output", format, "--var", "GIVEN=" + secret],
            in: workspace.path,
            environment: lab.environment(token: token, engine: engine)
        )
        #expect(result.status == 0, "\(result.errors.suffix(2000))")
        let everything = result.output + result.errors
        let secrets = Self.confessed(in: format == "json" ? Self.messages(in: result.output) : result.output)
        #expect(secrets.count == 2)
        for secret in secrets + [token] {
            for form in SecretForm.all(of: secret) { #expect(!everything.contains(form), "\(form.prefix(12))…") }
        }
        #expect(!everything.contains(secret))
        for form in SecretForm.allCases {
            // Both streams of three variables; what is left between the marks holds no piece of the secret.
            let shown = everything.split(separator: "<\(form.rawValue):").dropFirst().map { $0.prefix { $0 != ">" } }
            #expect(shown.count >= 6, "\(form)")
            #expect(shown.filter { !$0.contains("***") && !$0.contains("printf") }.isEmpty, "\(form): \(shown)")
        }
    }

    private static func messages(in output: String) -> String {
        struct Line: Decodable { let message: String }
        return output.split(separator: "\n").compactMap { line in
            (try? JSONDecoder().decode(Line.self, from: Data(line.utf8)))?.message
        }.joined(separator: "\n")
    }

    @Test(arguments: Lab.places)
    func `in no argument, no foreign environment, no metadata and no file, during the run and after it`(
        engine: LabEngine?
    ) async throws {
        let lab = try #require(Lab.current)
        let workspace = try Workspace(
            manifest:
                "deploy:\n  image: busybox\n  commands:\n  - \(Self.confess); echo A=1 >> $OKTETO_ENV; sleep 600 & echo ready; wait\n"
                .replacing("  - ", with: "  - |\n    ")
        )
        let temporary = workspace.path + "/tmp"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let token = try await lab.token().trimmed
        // A file, so that the token is in no environment at all; it is the test's own, and not in the workspace.
        let tokens = try Workspace(manifest: "")
        try Data(token.utf8).write(to: URL(filePath: tokens.path + "/token"))
        var environment = lab.environment(token: "", engine: engine)
        environment["LAB_TOKEN"] = nil
        environment["OKTETO_RUN_TOKEN_ENV"] = nil
        environment["OKTETO_RUN_TOKEN_FILE"] = tokens.path + "/token"
        environment["TMPDIR"] = temporary

        var patterns: Set<String> = []
        let folders = [workspace.path, "/dev/shm"] + (engine.map { [$0.root] } ?? [])
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment, once: "ready") {
            process,
            output in
            let secrets = Self.confessed(in: output)
            #expect(secrets.count == 2, "\(output)")
            for secret in secrets + [token] { patterns.formUnion(SecretForm.all(of: secret)) }
            try await expectNoProcessShows(patterns, but: token, program: process)
            try await expectNothing(of: patterns, in: folders)
            if let engine {
                let inspected = try await inspection(of: engine)
                #expect(inspected.contains("dev.okteto-run"), "the container was not seen")
                for pattern in patterns { #expect(!inspected.contains(pattern)) }
            }
        }
        #expect(result.status == 143, "\(result.errors)")
        #expect(patterns.count > 20)
        for pattern in patterns { #expect(!(result.output + result.errors).contains(pattern)) }
        if let engine { #expect(try await engine.hasNoContainers()) }
        try await expectNothing(of: patterns, in: folders)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    }

    @Test func `what a service echoes in other forms is masked in okteto-run's own messages`() async throws {
        let token = UnsignedToken().text
        let signature = String(token.split(separator: ".")[2])
        for form in SecretForm.all(of: signature) {
            let body =
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>got \(form)!</Message></Error></ErrorResponse>"
            let server = try LoopbackServer([.response(403, body)])
            let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
            let result = try await Program.run(
                ["deploy"],
                in: workspace.path,
                environment: [
                    "OKTETO_RUN_ROLE_ARN": "arn:aws:iam::112233445566:role/okteto-credentials",
                    "OKTETO_RUN_REGION": "us-west-2", "OKTETO_RUN_TOKEN_ENV": "TOKEN", "TOKEN": token,
                    "AWS_ENDPOINT_URL_STS": server.url,
                ]
            )
            #expect(result.status == 77)
            #expect(result.errors.contains("AccessDenied: got ***!"), "\(result.errors)")
        }
    }

    /// Arguments have no secret; an environment only where the phase's shell made it; and the program leaves no core.
    private func expectNoProcessShows(_ patterns: Set<String>, but token: String, program: Int) async throws {
        let tokenForms = SecretForm.all(of: token)
        var holders = 0
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(entry) != nil {
            // A process may end meanwhile.
            let arguments = Self.text(at: "/proc/\(entry)/cmdline")
            let environment = Self.text(at: "/proc/\(entry)/environ")
            for pattern in patterns {
                #expect(!arguments.contains(pattern), "arguments of \(entry)")
                guard environment.contains(pattern) else { continue }
                holders += 1
                #expect(environment.contains("OKTETO_ENV="), "environment of \(entry)")
                #expect(!tokenForms.contains(pattern), "token in the environment of \(entry)")
            }
        }
        #expect(holders >= 2, "the command's own environment was not seen, so nothing was checked")
        let core = Self.text(at: "/proc/\(program)/limits").split(separator: "\n").first { $0.hasPrefix("Max core") }
        let limits = core.map { $0.split(separator: " ").dropFirst(4).prefix(2) } ?? []
        #expect(Array(limits) == ["0", "0"])
    }

    private static func text(at path: String) -> String {
        // Read by hand: files of /proc do not say their size.
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
        defer { try? file.close() }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while let count = try? buffer.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
            result += buffer[..<count]
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func expectNothing(of patterns: Set<String>, in folders: [String]) async throws {
        // The patterns go in on standard input: as arguments they would be where this test looks for them.
        let found = try await Subprocess.run(
            .name("grep"),
            arguments: Arguments(["-rlaF", "-D", "skip", "-f", "-", "--"] + folders),
            input: .string(patterns.sorted().joined(separator: "\n") + "\n"),
            output: .string(limit: 1 << 20),
            error: .discarded
        ).standardOutput
        #expect(found.isEmpty, "\(found)")
    }

    private func inspection(of engine: LabEngine) async throws -> String {
        let list = try await engine.containers()
        var text = list
        for piece in list.split(separator: "\"Id\":\"").dropFirst() {
            text += try await engine.get("/v1.40/containers/\(piece.prefix { $0 != "\"" })/json")
        }
        return text + (try await engine.get("/v1.40/containers/json?all=1"))
    }
}
