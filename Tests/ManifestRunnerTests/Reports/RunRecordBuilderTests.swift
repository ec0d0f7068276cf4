import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct RunRecordBuilderTests {
    @Test func `a record has what was planned and what came of it, with times`() {
        let record = SampleRun.mixed().record()
        #expect(record.status == .command(3) && record.duration == .seconds(1) && record.start == SampleRun.start)
        #expect(record.role?.arn == "arn:aws:sts::1:assumed-role/r/s")
        #expect(record.phases.map(\.result) == [.passed, .failed, .skipped])
        #expect(record.phases[0].span == RecordedSpan(start: .milliseconds(30), end: .milliseconds(500)))
        #expect(record.phases[1].commands.map(\.result) == [.passed, .failed])
        #expect(record.phases[1].commands[1].span == RecordedSpan(start: .milliseconds(500), end: .milliseconds(900)))
        #expect(record.phases[2].span == nil && record.phases[2].commands[0].result == .notRun)
        #expect(record.phases[2].reason == "test 'unit' did not succeed")
        #expect(record.steps.map(\.step) == [.connect, .credentials, .start, .pull])
        #expect(record.lastError?.hint == "look at it")
        #expect(record.phases[0].artifacts.count == 1)
    }

    @Test func `what the end of the run cut off lasts until then, and is told apart from what never began`() {
        var run = SampleRun()
        run.tell(0, .planned([SampleRun.phase("a", [SampleRun.command("x"), SampleRun.command("y")])]))
        run.tell(5, .planned([SampleRun.phase("b", [SampleRun.command("z")])]))
        run.tell(10, .phaseBegan(.test("a")), .stepBegan(.upload, .test("a")), .commandBegan(.test("a"), 0))
        run.tell(50, .ended(.interrupted(by: 15)))
        let record = run.record()
        #expect(record.phases.map(\.result) == [.unfinished, .notRun])
        #expect(record.phases[0].commands.map(\.result) == [.unfinished, .notRun])
        #expect(record.phases[0].commands[0].span?.duration == .milliseconds(40))
        #expect(record.steps.map(\.isSuccess) == [nil])
        #expect(record.phases.map(\.reason) == ["the run ended before it did", "the run ended before it"])
    }

    @Test func `a run without a plan has its messages alone`() {
        var run = SampleRun()
        run.tell(3, .message(nil, .error, "the manifest is not valid", hint: nil), .ended(.invalidManifest))
        let record = run.record()
        #expect(record.phases.isEmpty && record.messages.map(\.text) == ["the manifest is not valid"])
    }

    @Test func `events of phases and commands that were not planned change nothing`() {
        var run = SampleRun()
        let other = PhaseKind.test("other")
        run.tell(0, .planned([SampleRun.phase("a", [SampleRun.command("x")])]))
        run.tell(
            1,
            .phaseBegan(other),
            .commandBegan(other, 0),
            .commandBegan(.test("a"), 7),
            .output(other, command: nil, .standardError, [1]),
            .output(.test("a"), command: 9, .standardError, [1]),
            .commandEnded(.test("a"), 7, .success),
            .artifact(other, ArtifactRecord(path: "", destination: "", files: 0, bytes: 0)),
            .phaseEnded(other, .succeeded),
            .stepEnded(.pull, other, isSuccess: true)
        )
        let record = run.record()
        #expect(record.phases.count == 1 && record.phases[0].result == .notRun && record.steps.isEmpty)
    }

    @Test func `secrets are masked in what the manifest and messages say`() {
        let run = SampleRun.mixed(names: { $0 == "unit" || $0 == "lint" || $0 == "slow" ? $0 : $0 + " s3cr3t-value" })
        let record = run.record(secrets: [Secret("s3cr3t-value")])
        let outlines = record.commands.map(\.outline)
        #expect(outlines.allSatisfy { $0.title.hasSuffix(" ***") && !$0.script.contains("s3cr3t") })
        #expect(record.messages[0].text == "command 'try' failed ***" && record.messages[0].hint == "look at it ***")
        #expect(record.phases[1].reason == "a command ended with status 3 ***")
        #expect(record.phases[1].commands[1].outcome?.cause == "failed with exit status 3 ***")
    }

    @Test func `when a run prints very much, the oldest commands that succeeded keep less, and those that failed last`()
    {
        var run = SampleRun()
        let count = 50
        let commands = (0..<count).map { SampleRun.command("c\($0)") }
        let kind = PhaseKind.test("a")
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        run.tell(0, .planned([SampleRun.phase("a", commands)]), .phaseBegan(kind))
        for index in 0..<count {
            let outcome = index == 0 ? SampleRun.failure(1, "failed") : .success
            run.tell(
                index,
                .commandBegan(kind, index),
                .output(kind, command: index, .standardOutput, piece),
                .commandEnded(kind, index, outcome)
            )
        }
        let kept = run.record().commands.map(\.output.keptBytes)
        #expect(kept[0] == 1 << 20)
        #expect(kept[1] == 8 << 10 && kept[count - 1] == 1 << 20)
        #expect(kept.reduce(0, +) <= 33 << 20)
        #expect(run.record().commands.allSatisfy { $0.output.totalBytes == 1 << 20 })
    }

    @Test func `messages are bounded, but for errors`() {
        var run = SampleRun()
        for index in 0..<12_000 { run.tell(index, .message(nil, .info, "again", hint: nil)) }
        run.tell(12_001, .message(nil, .error, "at last", hint: nil))
        #expect(run.record().messages.count == 10_001 && run.record().lastError?.text == "at last")
    }
}
