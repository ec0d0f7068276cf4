import Testing

@testable import ManifestRunner

@Suite struct BoardViewTests {
    private func rows(
        _ run: SampleBoard,
        _ columns: Int = 80,
        _ rows: Int = 24,
        at tenths: Int = 100,
        isColoured: Bool = false,
        activities: [(activity: Activity, elapsed: Duration)] = []
    ) -> [String] {
        let view = BoardView(size: TerminalSize(columns: columns, rows: rows), isColoured: isColoured)
        let now = Duration.milliseconds(tenths * 100)
        return view.rows(of: run.board, activities, at: now).map(\.text)
    }

    private func activity(_ title: String, of phase: PhaseKind?, _ state: ProgressState) -> Activity {
        let handle = ProgressHandle()
        handle.update(state)
        return Activity(title: title, phase: phase, handle: handle, start: .now, silence: .zero)
    }

    private var sample: SampleBoard {
        var run = SampleBoard(["a", "b", "c", "d", "e", "f"], dependencies: ["d": ["a", "b"]])
        run.passes("a", from: 0, to: 20)
        run.fails("b", from: 0, to: 31)
        run.isSkipped("d", .dependency(.test("b")), at: 31)
        run.happens(.stepBegan(.start, .test("e")), at: 32)
        run.runs("c", from: 35)
        return run
    }

    @Test func `what runs comes first, then what is prepared, what failed, what waits and what is over`() {
        #expect(
            rows(sample) == [
                " -  c   6.5s  1/2  make", " -  e         starting the container",
                " x  b   3.1s  'make' failed with exit status 3 (okteto.yml:3:5)", " ·  f         waiting",
                " ✓  a   2.0s  passed", " -  d         skipped: test 'b' did not succeed",
                " 1 passed · 1 failed · 1 skipped · 2 running · 1 waiting  10s",
            ]
        )
    }

    @Test func `a third of the screen is taken at most, and the last row is the counts`() {
        #expect(rows(sample, 80, 9).count == 3)
        #expect(rows(sample, 80, 5) == [" 1 passed · 1 failed · 1 skipped · 2 running · 1 waiting  10s"])
        #expect(rows(sample, 80, 1).count == 1)
    }

    @Test(arguments: 1...120)
    func `no row fills the width`(columns: Int) {
        var run = SampleBoard(["日本語のテスト", "evil\u{1B}[2J\u{202E}\nname", String(repeating: "long", count: 50)])
        run.fails("日本語のテスト", from: 0, to: 10)
        let view = BoardView(size: TerminalSize(columns: columns, rows: 50), isColoured: true)
        for row in view.rows(of: run.board, [], at: .seconds(3_725)) {
            #expect(row.columns < max(columns, 2), "\(row.text)")
            #expect(!row.text.contains("\u{1B}[2J") && !row.text.contains("\u{202E}") && !row.text.contains("\n"))
        }
    }

    @Test func `where the words of the counts do not fit, signs stand for them`() {
        #expect(rows(sample, 40).last == " 1✓ 1x 1- 2| 1·  10s")
    }

    @Test func `colours are only those of the marks and counts`() {
        var run = SampleBoard(["a", "b"])
        run.passes("a", from: 0, to: 20)
        #expect(
            rows(run, isColoured: true) == [
                "\u{1B}[2m ·  \u{1B}[0mb         waiting", "\u{1B}[32m ✓  \u{1B}[0ma   2.0s  passed",
                " \u{1B}[32m1 passed\u{1B}[0m · 1 waiting  10s",
            ]
        )
    }

    @Test func `a phase that waits names what for, and one that pulls how far it is`() {
        var run = SampleBoard(["a", "b"], dependencies: ["b": ["a"]])
        run.happens(.phaseBegan(.test("a")), at: 0)
        run.happens(.stepBegan(.start, .test("a")), at: 0)
        let pull = activity(
            "pulling busybox",
            of: .test("a"),
            ProgressState(detail: "1/2 layers", bytes: 5_000, totalBytes: 9_000)
        )
        #expect(
            rows(run, activities: [(pull, .seconds(1))]) == [
                " -  a    10s  pulling busybox  1/2 layers, 5.0 kB of 9.0 kB", " ·  b         waiting for a",
                " 1 running · 1 waiting  10s",
            ]
        )
    }

    @Test func `what the run waits for stands behind the counts`() {
        var run = SampleBoard(["a", "b"])
        run.happens(.stepBegan(.connect, nil), at: 96)
        #expect(rows(run).last == " 2 waiting  10s", "it is too short to be told")
        #expect(rows(run, at: 120).last == " 2 waiting  12s  connecting to the engine")
    }

    @Test func `one phase has no table: what is waited for is one line, and a command's time is its own`() {
        var run = SampleBoard(["a"])
        run.happens(.phaseBegan(.test("a")), at: 0)
        run.happens(.stepBegan(.credentials, .test("a")), at: 0)
        #expect(rows(run, at: 4).isEmpty)
        #expect(rows(run, at: 21) == [" -  getting credentials  2.1s"])
        let pull = activity("pulling busybox", of: .test("a"), ProgressState())
        #expect(rows(run, at: 21, activities: [(pull, .seconds(2))]) == [" -  pulling busybox  2.0s"])
        run.happens(.commandBegan(.test("a"), 0), at: 22)
        #expect(rows(run, at: 60).isEmpty)
    }

    @Test func `nothing is shown before the plan and after the end`() {
        var run = SampleBoard(["a", "b"])
        run.happens(.ended(.success), at: 1)
        #expect(rows(run).isEmpty)
        let view = BoardView(size: TerminalSize(columns: 80, rows: 24), isColoured: false)
        #expect(view.rows(of: RunBoard(), [], at: .zero).isEmpty)
    }
}
