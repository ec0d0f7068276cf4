import ContainerExec
import FoundationEssentials
import ProcessEnvironment

@testable import ManifestRunner

/// A run that is told event by event, at times of its own.
struct SampleRun {
    let recorder = RunRecordBuilder(wantsOutput: true)
    private var now = Duration.zero

    /// 2026-01-02 03:04:05 UTC.
    static let start = Date(timeIntervalSince1970: 1_767_323_045)

    /// Tells of events, all at that time after the start.
    mutating func tell(_ milliseconds: Int, _ events: RunEvent...) {
        now = .milliseconds(milliseconds)
        for event in events {
            let date = Self.start.addingTimeInterval(now / .seconds(1))
            recorder.observe(event, at: RunInstant(date: date, elapsed: now))
        }
    }

    func record(command: String = "test", secrets: [Secret] = []) -> RunRecord {
        var masker = SecretMasker()
        masker.add(secrets)
        return recorder.record(command: command, version: "1.2.3", masker: masker)
    }

    static func command(_ title: String, script: String? = nil, line: Int = 3) -> CommandOutline {
        CommandOutline(title: title, script: script ?? title, path: "okteto.yml", line: line, column: 7)
    }

    static func phase(
        _ name: String,
        _ commands: [CommandOutline],
        place: PhasePlace = .container(image: "busybox"),
        dependencies: [PhaseKind] = []
    ) -> PhaseOutline {
        PhaseOutline(kind: .test(name), place: place, commands: commands, dependencies: dependencies)
    }

    static func failure(_ status: Int32, _ cause: String) -> CommandOutcome {
        CommandOutcome(exitStatus: status, wasCancelled: false, cause: cause)
    }

    /// A run with something of everything: a test that passes and brings an artifact, one that fails in its second command,
    /// and one that is skipped for it.
    static func mixed(names: (String) -> String = { $0 }, output: String = "hello\n") -> SampleRun {
        var run = SampleRun()
        let unit = PhaseKind.test(names("unit"))
        let lint = PhaseKind.test(names("lint"))
        let slow = PhaseKind.test(names("slow"))
        run.tell(
            10,
            .planned([
                phase(names("lint"), [command(names("check"))], place: .shell),
                phase(
                    names("unit"),
                    [command(names("build")), command(names("try"), script: names("make\ntry"), line: 9)]
                ),
                phase(names("slow"), [command(names("wait"), line: 12)], dependencies: [unit]),
            ]),
            .stepBegan(.connect, nil)
        )
        run.tell(30, .stepEnded(.connect, nil, isSuccess: true), .phaseBegan(lint), .stepBegan(.credentials, lint))
        run.tell(
            60,
            .assumed(AssumedRole(arn: "arn:aws:sts::1:assumed-role/r/s", expiration: "2026-01-02T04:04:05Z")),
            .stepEnded(.credentials, lint, isSuccess: true),
            .commandBegan(lint, 0),
            .output(lint, command: 0, .standardOutput, Array(output.utf8))
        )
        run.tell(100, .phaseBegan(unit), .stepBegan(.start, unit), .stepBegan(.pull, unit))
        run.tell(300, .stepEnded(.pull, unit, isSuccess: true))
        run.tell(400, .stepEnded(.start, unit, isSuccess: true), .commandBegan(unit, 0))
        run.tell(
            500,
            .commandEnded(lint, 0, .success),
            .artifact(
                lint,
                ArtifactRecord(path: names("out"), destination: "/w/" + names("out"), files: 2, bytes: 3_400)
            ),
            .phaseEnded(lint, .succeeded),
            .commandEnded(unit, 0, .success),
            .commandBegan(unit, 1),
            .output(unit, command: 1, .standardOutput, Array("one\n\u{1B}[31mtwo\u{1B}[0m\n".utf8)),
            .output(unit, command: 1, .standardError, Array(output.utf8))
        )
        run.tell(
            900,
            .commandEnded(unit, 1, failure(3, names("failed with exit status 3"))),
            .message(unit, .error, names("command 'try' failed"), hint: names("look at it")),
            .phaseEnded(unit, .failed(.command(3), message: names("a command ended with status 3"))),
            .phaseEnded(slow, .skipped(.dependency(unit)))
        )
        run.tell(1_000, .ended(.command(3)))
        return run
    }
}
