import Testing

@testable import ManifestRunner

@Suite struct RunSummaryTests {
    private var sample: SampleBoard {
        var run = SampleBoard(["unit", "it's", "e2e", "same", "ended"])
        run.passes("unit", from: 0, to: 41)
        run.fails("it's", from: 0, to: 120)
        run.isSkipped("e2e", .dependency(.test("it's")), at: 120)
        run.isSkipped("same", .unchanged, at: 120)
        run.runs("ended", from: 10)
        run.happens(.phaseEnded(.test("ended"), .cancelled), at: 130)
        return run
    }

    private func summary(_ run: SampleBoard, tenths: Int = 130) -> RunSummary {
        RunSummary(board: run.board, elapsed: .milliseconds(tenths * 100))
    }

    @Test func `each phase has a line with what became of it`() {
        let table = summary(sample).table(columns: nil, isColoured: false)
        #expect(
            table == """
                 ✓  unit    4.1s
                 x  it's     12s  'make' failed with exit status 3 (okteto.yml:3:5)
                 -  e2e           test 'it's' did not succeed
                 -  same          nothing has changed since it last succeeded
                 x  ended    12s  ended before its end

                """
        )
    }

    @Test func `lines are cut to a terminal's width`() {
        let table = summary(sample).table(columns: 40, isColoured: true)
        #expect(table.contains("\u{1B}[31m x  \u{1B}[0mit's     12s  'make' failed with ex…\n"))
    }

    @Test func `one phase needs no table`() {
        var run = SampleBoard(["unit"])
        run.passes("unit", from: 0, to: 2)
        #expect(summary(run).table(columns: nil, isColoured: false).isEmpty)
        #expect(summary(run, tenths: 49).timeSpent.isEmpty)
    }

    @Test func `the time is told by what took it, and a pull is not counted twice`() {
        var run = SampleBoard(["a"])
        run.happens(.phaseBegan(.test("a")), at: 0)
        run.happens(.stepBegan(.start, .test("a")), at: 0)
        run.happens(.stepBegan(.credentials, .test("a")), at: 0)
        run.happens(.stepBegan(.pull, .test("a")), at: 5)
        run.happens(.stepEnded(.credentials, .test("a"), isSuccess: true), at: 8)
        run.happens(.stepEnded(.pull, .test("a"), isSuccess: true), at: 105)
        run.happens(.stepEnded(.start, .test("a"), isSuccess: true), at: 112)
        run.happens(.stepEnded(.upload, .test("a"), isSuccess: true), at: 112)
        run.passes("a", from: 112, to: 200)
        let text = summary(run, tenths: 200).timeSpent
        #expect(text == "time spent: pull 10s · commands 8.8s · start 1.2s · credentials 0.8s")
    }

    @Test func `of several phases it says that the times are sums`() {
        #expect(summary(sample).timeSpent == "time spent in all tests: commands 16s")
    }

    @Test func `the next step runs the failed tests again, quoted for a shell`() {
        #expect(summary(sample).nextStep(nil) == "okteto-run test 'it'\\''s'")
        var run = SampleBoard(["a"])
        run.fails("a", from: 0, to: 1)
        #expect(summary(run).nextStep("my dir/okteto.yml") == "okteto-run test -f 'my dir/okteto.yml' a")
        #expect(summary(SampleBoard(["a"])).nextStep(nil) == nil)
    }

    @Test func `a phase that failed without a command says why`() {
        var run = SampleBoard(["a", "b"])
        run.happens(.phaseBegan(.test("a")), at: 0)
        run.happens(.phaseEnded(.test("a"), .failed(.engineFailed, message: "no\u{1B}[2Jengine\n")), at: 3)
        let table = summary(run).table(columns: nil, isColoured: false)
        #expect(table == " x  a   0.3s  no\\u{1B}[2Jengine\\n\n ·  b         not run to its end\n")
    }

    @Test func `objects have what the lines have`() {
        var run = SampleBoard(["a", "b"])
        run.fails("a", from: 0, to: 10)
        run.isSkipped("b", .stopped, at: 10)
        #expect(
            summary(run).json == """
                [{"phase":"test/a","outcome":"failed","milliseconds":1000,"reason":"'make' failed with exit status 3 \
                (okteto.yml:3:5)"},{"phase":"test/b","outcome":"skipped","milliseconds":0,\
                "reason":"the run was stopped before it"}]
                """
        )
    }
}
