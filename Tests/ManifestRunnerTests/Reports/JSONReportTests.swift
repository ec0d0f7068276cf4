import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct JSONReportTests {
    private struct Report: Decodable {
        struct Phase: Decodable {
            let phase: String
            let name: String
            let place: String
            let image: String?
            let dependsOn: [String]
            let result: String
            let reason: String?
            let exitStatus: Int?
            let start: Double?
            let seconds: Double?
            let commands: [Command]
            let artifacts: [Artifact]
            let output: [Piece]?
        }
        struct Command: Decodable {
            let title: String
            let script: String
            let file: String
            let line: Int
            let column: Int
            let result: String
            let exitStatus: Int?
            let cause: String?
            let start: Double?
            let seconds: Double?
            let outputBytes: Int
            let output: [Piece]
        }
        struct Piece: Decodable, Equatable {
            var stream: String?
            var text: String?
            var omittedBytes: Int?
        }
        struct Artifact: Decodable { let path: String, destination: String, files: Int, bytes: Int }
        struct Step: Decodable { let step: String, phase: String?, start: Double, seconds: Double, success: Bool? }
        struct Use: Decodable { let use: String, seconds: Double }
        struct Message: Decodable { let at: Double, phase: String?, level: String, text: String, hint: String? }
        struct Role: Decodable { let arn: String, expiration: String }
        let schema: String
        let version: Int
        let program: String
        let command: String
        let startedAt: String
        let seconds: Double
        let exitStatus: Int
        let exitMeaning: String
        let assumedRole: Role?
        let timeUse: [Use]
        let steps: [Step]
        let phases: [Phase]
        let messages: [Message]
    }

    private func report(_ record: RunRecord) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(JSONReport.bytes(of: record)))
    }

    @Test func `everything of a run is in it`() throws {
        let report = try report(SampleRun.mixed().record())
        #expect(report.schema == "okteto-run/report" && report.version == 1 && report.program == "okteto-run 1.2.3")
        #expect(report.command == "test" && report.startedAt == "2026-01-02T03:04:05.000Z" && report.seconds == 1)
        #expect(report.exitStatus == 3 && report.exitMeaning == "command")
        #expect(report.assumedRole?.arn == "arn:aws:sts::1:assumed-role/r/s")
        #expect(report.timeUse.map(\.use) == ["commands", "credentials", "connect", "other"])
        #expect(report.steps.map(\.step) == ["connect", "credentials", "start", "pull"])
        #expect(report.steps[3].phase == "test/unit" && report.steps[3].success == true && report.steps[3].start == 0.1)
        #expect(report.phases.map(\.phase) == ["test/lint", "test/unit", "test/slow"])
        let unit = report.phases[1]
        #expect(unit.name == "unit" && unit.place == "container" && unit.image == "busybox" && unit.exitStatus == 3)
        #expect(report.phases[0].place == "shell" && report.phases[0].image == nil)
        #expect(report.phases[2].dependsOn == ["test/unit"] && report.phases[2].result == "skipped")
        #expect(report.phases[2].start == nil && report.phases[2].commands[0].result == "not run")
        let command = unit.commands[1]
        #expect(command.title == "try" && command.script == "make\ntry" && command.line == 9 && command.column == 7)
        #expect(command.exitStatus == 3 && command.cause == "failed with exit status 3" && command.seconds == 0.4)
        #expect(
            command.output == [
                Report.Piece(stream: "stdout", text: "one\ntwo\n"), Report.Piece(stream: "stderr", text: "hello\n"),
            ]
        )
        #expect(report.phases[0].artifacts.map(\.bytes) == [3_400])
        #expect(report.messages.map(\.text) == ["command 'try' failed"] && report.messages[0].hint == "look at it")
    }

    @Test func `what is left out of an output is said in its place`() throws {
        var run = SampleRun()
        let kind = PhaseKind.test("a")
        run.tell(
            0,
            .planned([SampleRun.phase("a", [SampleRun.command("x")])]),
            .phaseBegan(kind),
            .commandBegan(kind, 0)
        )
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: 99) + [0x0A]
        for _ in 0..<100 {
            run.tell(
                1,
                .output(kind, command: 0, .standardOutput, [[UInt8]](repeating: line, count: 200).flatMap { $0 })
            )
        }
        run.tell(2, .output(kind, command: nil, .standardError, Array("early".utf8)), .ended(.success))
        let report = try report(run.record())
        let output = report.phases[0].commands[0].output
        #expect(output.count == 3 && report.phases[0].commands[0].outputBytes == 2_000_000)
        let kept = (output[0].text?.utf8.count ?? 0) + (output[2].text?.utf8.count ?? 0)
        // The line that was cut at the end of the beginning has no newline of its own.
        let omitted = try #require(output[1].omittedBytes)
        #expect(kept + omitted == 2_000_001)
        #expect(report.phases[0].output == [Report.Piece(stream: "stderr", text: "early\n")])
        #expect(report.phases[0].commands[0].exitStatus == nil && report.phases[0].result == "unfinished")
    }

    @Test func `hostile names and outputs are strings like others`() throws {
        let hostile = "\"\\\u{0}\u{1F}\u{2028}</script>\u{202E}"
        let report = try report(SampleRun.mixed(names: { $0 + hostile }, output: hostile + "\n").record())
        #expect(report.phases[1].commands[1].script == "make\ntry" + hostile)
        #expect(report.phases[1].commands[1].output.last?.text == hostile + "\n")
    }
}
