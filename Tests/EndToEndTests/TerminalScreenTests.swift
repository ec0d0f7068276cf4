import FoundationEssentials
import Testing

/// What stands on the screen of a terminal in the middle of a run and at its end.
@Suite(.serialized, .enabled(if: TerminalScreen.isThere, "needs the lab's screen"), .timeLimit(.minutes(5)))
struct TerminalScreenTests {
    /// Four tests, whose commands wait for files, so that the moments are known.
    private let manifest = """
        test:
          build:
            commands:
            - name: compile
              command: until [ -e started ]; do sleep 0.05; done; echo compiling; until [ -e built ]; do sleep 0.05; done; echo compiled
          lint:
            commands:
            - name: style
              command: |
                until [ -e compiling ]; do sleep 0.05; done
                printf 'checked 3 files\\n  found \\033[31mone fault\\033[0m\\n'; exit 2
          "文件 docs":
            commands:
            - name: render
              command: |
                until [ -e linted ]; do sleep 0.05; done
                printf 'page 1'; until [ -e paged ]; do sleep 0.05; done; printf '\\rpage 2\\n'
          deploy-check:
            depends_on: [lint]
            commands:
            - echo never
        """

    /// Until all three that can have begun, in whatever order.
    private let begin: [TerminalScreen.Step] = [
        .wait("Running 'compile'"), .wait("Running 'render'"), .wait("Running 'style'"), .touch("started"),
        .wait("compiling"), .touch("compiling"),
    ]

    private func run(_ terminal: TerminalScreen, _ name: String) async throws -> TerminalScreen.Result {
        let workspace = try Workspace(manifest: manifest)
        let steps: [TerminalScreen.Step] = [
            .wait("one fault"), .wait("1 failed|1x"), .touch("linted"), .wait("page 1"), .shot("middle"),
            .touch("paged"), .wait("page 2"), .wait("1 passed|1✓"), .touch("built"), .end, .shot("end"),
        ]
        let result = try await terminal.run(["test", "--jobs", "3"], in: workspace.path, begin + steps)
        #expect(result.status == 2)
        try GoldenFile("screen-\(name)-middle.txt").expect(result.screen("middle", from: "compiling"))
        try GoldenFile("screen-\(name)-end.txt").expect(result.screen("end", from: "compiling"))
        return result
    }

    @Test func `a table of the tests stands below their output, and a summary at the end`() async throws {
        let result = try await run(TerminalScreen(rows: 36), "80x36")
        #expect(result.output.contains("\u{1B}[32m"))
    }

    @Test func `forty columns are enough`() async throws {
        _ = try await run(TerminalScreen(columns: 40, rows: 36), "40x36")
    }

    @Test func `without colours there is none of okteto-run's own`() async throws {
        let result = try await run(TerminalScreen(rows: 36, environment: ["NO_COLOR": "1"]), "80x36")
        let own = result.output.replacing("\u{1B}[31mone fault\u{1B}[0m", with: "")
        #expect(!own.contains(/\x1b\[[0-9;]*m/))
    }

    @Test func `on a dumb terminal nothing is redrawn`() async throws {
        let workspace = try Workspace(manifest: manifest)
        let result = try await TerminalScreen(rows: 40, environment: ["TERM": "dumb"]).run(
            ["test", "--jobs", "3"],
            in: workspace.path,
            begin + [
                .wait("one fault"), .wait("deploy-check.* skipped"), .touch("linted"), .wait("page 1"), .touch("paged"),
                .wait("page 2"), .wait("succeeded"), .touch("built"), .end, .shot("end"),
            ]
        )
        #expect(result.status == 2)
        let own = result.output.replacing("\u{1B}[31mone fault\u{1B}[0m", with: "")
        #expect(!own.contains("\u{1B}"))
        try GoldenFile("screen-dumb-end.txt").expect(result.screen("end", from: "compiling"))
    }

    @Test func `one phase has no table and no prefix, and its output is as the command printed it`() async throws {
        let workspace = try Workspace(
            manifest: """
                deploy:
                - name: bar
                  command: |
                    printf 'one \\r\\033[2Ktwo\\n\\033[1mbold\\033[0m'; until [ -e go ]; do sleep 0.05; done
                    exit 4
                """
        )
        let result = try await TerminalScreen().run(
            ["deploy"],
            in: workspace.path,
            [.wait("bold"), .shot("middle"), .touch("go"), .end, .shot("end")]
        )
        #expect(result.status == 4)
        #expect(result.output.contains("one \r\u{1B}[2Ktwo\r\n\u{1B}[1mbold\u{1B}[0m\r\n"))
        try GoldenFile("screen-deploy-end.txt").expect(result.screen("end"))
    }

    @Test func `grouped shows each test's output as a block, and the table below`() async throws {
        let workspace = try Workspace(manifest: manifest)
        let result = try await TerminalScreen(rows: 50).run(
            ["test", "--jobs", "3", "--log-order", "grouped"],
            in: workspace.path,
            [
                .wait("2 running|3 running"), .touch("started"), .touch("compiling"), .wait("1 failed"),
                .shot("middle"), .touch("linted"), .touch("paged"), .wait("[12] passed"), .touch("built"), .end,
                .shot("end"),
            ]
        )
        #expect(result.status == 2)
        let end = result.screen("end")
        #expect(end.contains("── build ─") && end.contains("── lint ─") && end.contains("── 文件 docs ─"), "\(end)")
        #expect(end.contains("checked 3 files\n  found one fault\n x  command 'style' of test 'lint'"), "\(end)")
    }

    @Test func `a terminal that is made smaller and larger is drawn anew`() async throws {
        let workspace = try Workspace(manifest: manifest)
        let result = try await TerminalScreen(rows: 30).run(
            ["test", "--jobs", "3"],
            in: workspace.path,
            [
                .wait("waiting for lint"), .resize(40, 30), .wait("deploy-ch…"), .resize(100, 30),
                .wait("3 running · 1 waiting"), .shot("wide"), .touch("started"), .touch("compiling"), .touch("linted"),
                .touch("paged"),
                .touch("built"), .end, .shot("end"),
            ]
        )
        let counts = result.screen("wide").split(separator: "\n").filter {
            $0.contains("1 waiting") || $0.contains("1·")
        }
        #expect(counts.count == 1, "\(result.screen("wide"))")
        #expect(!result.screen("end").contains("running"))
    }

    @Test(arguments: [2, 15, 1])
    func `a signal ends the run, all output is shown, and nothing of the table is left`(signal: Int) async throws {
        let workspace = try Workspace(
            manifest: """
                test:
                  a:
                    commands:
                    - trap 'echo cleaned a; exit 1' TERM; echo began a; while :; do sleep 0.05; done
                  b:
                    commands:
                    - trap 'printf last-b; exit 1' TERM; echo began b; while :; do sleep 0.05; done
                """
        )
        for order in ["stream", "grouped"] {
            let result = try await TerminalScreen(rows: 40).run(
                ["test", "--jobs", "2", "--log-order", order],
                in: workspace.path,
                [.wait("2 running"), .wait("began"), .pause(0.3), .signal(signal), .end, .shot("end")]
            )
            #expect(result.status == 128 + signal)
            let end = result.screen("end")
            #expect(end.contains("cleaned a") && end.contains("last-b") && end.contains("began b"), "\(end)")
            #expect(!end.contains("2 running"), "\(end)")
            // The cursor was never hidden, and no other mode stays switched on.
            #expect(!result.output.contains("\u{1B}[?25l"))
        }
    }

    @Test func `a program that draws on the whole screen has it for itself`() async throws {
        let workspace = try Workspace(
            manifest: """
                test:
                  a:
                    commands:
                    - printf '\\033[?1049h\\033[2J\\033[5;5Hfull screen'; until [ -e go ]; do sleep 0.05; done; printf '\\033[?1049l'
                  b:
                    commands:
                    - echo second
                """
        )
        let result = try await TerminalScreen().run(
            ["test", "--jobs", "1"],
            in: workspace.path,
            [.wait("full screen"), .pause(0.5), .shot("full"), .touch("go"), .end, .shot("end")]
        )
        #expect(result.status == 0)
        #expect(!result.screen("full").contains("running"))
        #expect(result.shots["full"]?[4] == "    full screen")
        #expect(result.screen("end").contains("all 2 succeeded"))
    }

    @Test func `Ctrl-Z does not stop a run that no shell could continue`() async throws {
        let workspace = try Workspace(manifest: manifest)
        let files: [TerminalScreen.Step] = ["started", "compiling", "linted", "paged", "built"].map { .touch($0) }
        let result = try await TerminalScreen(rows: 40).run(
            ["test", "--jobs", "3"],
            in: workspace.path,
            [.wait("3 running"), .signal(20), .pause(0.5)] + files + [.end, .shot("end")]
        )
        #expect(result.status == 2)
    }

    @Test func `a run that is stopped and goes on draws below what the shell has said meanwhile`() async throws {
        let workspace = try Workspace(manifest: manifest)
        let result = try await TerminalScreen(rows: 40).run(
            ["test", "--jobs", "3"],
            in: workspace.path,
            [
                .wait("3 running"), .signal(19), .pause(0.5), .signal(18), .pause(0.5), .touch("started"),
                .touch("compiling"),
                .touch("linted"), .touch("paged"), .touch("built"), .end, .shot("end"),
            ]
        )
        #expect(result.status == 2)
        #expect(result.screen("end").contains("1 of 4 failed"))
    }
}
