import Testing

@testable import ManifestRunner

@Suite struct TimeUseTests {
    @Test func `each moment counts once, for the first of what went on in it, and the sum is the run's time`() {
        let record = SampleRun.mixed().record()
        let uses = TimeUse.breakdown(of: record)
        #expect(uses.reduce(.zero) { $0 + $1.duration } == record.duration)
        let times = Dictionary(uniqueKeysWithValues: uses.map { ($0.use, $0.duration) })
        // Commands from 60 to 900; the pull, the start and what the third waits for are within.
        #expect(times[.commands] == .milliseconds(840))
        #expect(times[.connect] == .milliseconds(20))
        #expect(times[.credentials] == .milliseconds(30))
        #expect(times[.pull] == nil && times[.start] == nil)
        #expect(times[.other] == .milliseconds(110))
    }

    @Test func `a pull within a start counts as the pull`() {
        var run = SampleRun()
        let kind = PhaseKind.test("a")
        run.tell(
            0,
            .planned([SampleRun.phase("a", [SampleRun.command("x")])]),
            .phaseBegan(kind),
            .stepBegan(.start, kind)
        )
        run.tell(10, .stepBegan(.pull, kind))
        run.tell(60, .stepEnded(.pull, kind, isSuccess: true), .stepBegan(.upload, kind))
        run.tell(70, .stepEnded(.upload, kind, isSuccess: false), .stepEnded(.start, kind, isSuccess: true))
        run.tell(75, .stepBegan(.artifacts, kind))
        run.tell(80, .stepEnded(.artifacts, kind, isSuccess: true), .ended(.success))
        #expect(
            TimeUse.breakdown(of: run.record()).map { "\($0.use) \($0.duration / .milliseconds(1))" } == [
                "pull 50.0", "upload 10.0", "start 10.0", "artifacts 5.0", "other 5.0",
            ]
        )
    }

    @Test func `what is made ahead for a phase counts where nothing else was under way`() {
        var run = SampleRun()
        let first = PhaseKind.test("a")
        let second = PhaseKind.test("b")
        run.tell(
            0,
            .planned([SampleRun.phase("a", [SampleRun.command("x")]), SampleRun.phase("b", [SampleRun.command("y")])])
        )
        run.tell(10, .phaseBegan(first), .stepBegan(.credentials, first), .stepBegan(.start, second))
        run.tell(40, .stepEnded(.credentials, first, isSuccess: true))
        run.tell(50, .phaseBegan(second))
        run.tell(70, .stepEnded(.start, second, isSuccess: true), .ended(.success))
        #expect(
            TimeUse.breakdown(of: run.record()).map { "\($0.use) \($0.duration / .milliseconds(1))" } == [
                "start 30.0", "credentials 30.0", "other 10.0",
            ]
        )
    }
}
