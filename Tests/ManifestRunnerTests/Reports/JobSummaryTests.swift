import FoundationEssentials
import SystemPackage
import Testing

@testable import ManifestRunner

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct JobSummaryTests {
    @Test func `a table of the phases, the role, and the end of what failed`() {
        let text = JobSummary.text(of: SampleRun.mixed().record())
        #expect(
            text.hasPrefix("### ❌ okteto-run test: command (exit status 3) in 1.0s\n\ncommand &#39;try&#39; failed\n\n")
        )
        #expect(text.contains("| ✅ | <code>test &#39;lint&#39;</code> | 470 ms | 1 of 1 |\n"))
        #expect(
            text.contains("| ❌ | <code>test &#39;unit&#39;</code> | 800 ms | 2 of 2: a command ended with status 3 |\n")
        )
        #expect(
            text.contains("| ⏭️ | <code>test &#39;slow&#39;</code> |  | 0 of 1: test &#39;unit&#39; did not succeed |\n")
        )
        #expect(text.contains("Assumed role: <code>arn&#58;aws"))
        #expect(text.contains("<pre>\none\ntwo\nhello\n</pre>"))
    }

    @Test func `text is no Markdown, no table and no HTML, whatever is in it`() {
        let hostile = "|`*_[x](javascript:y)<img src=x>@team #1 \\ ~~\u{202E}\u{0}"
        let run = SampleRun.mixed(names: { $0 + hostile }, output: hostile + "\n</pre>\n\n# Heading\n| a | b |\n")
        let text = JobSummary.text(of: run.record())
        let plain = text.replacing("<code>", with: "").replacing("</code>", with: "").replacing("<pre>", with: "")
            .replacing("</pre>", with: "").replacing("<details>", with: "").replacing("</details>", with: "")
            .replacing("<summary>", with: "").replacing("</summary>", with: "")
        for sign in ["<", ">", "`", "[", "*", "@", "\\", "~", "\u{202E}", "\u{0}"] {
            #expect(!plain.contains(sign), "\(sign)")
        }
        for line in plain.split(separator: "\n") where line.hasPrefix("|") {
            #expect(line.count { $0 == "|" } == 5, "\(line)")
        }
        #expect(text.split(separator: "</pre>").count == 2)
    }

    @Test func `it is never more than GitHub takes`() {
        var run = SampleRun()
        let names = (0..<6_000).map { "test-\($0)" }
        run.tell(0, .planned(names.map { SampleRun.phase($0, [SampleRun.command("x")]) }))
        let line = [UInt8](repeating: UInt8(ascii: "<"), count: 500) + [0x0A]
        let output = [[UInt8]](repeating: line, count: 60).flatMap { $0 }
        for name in names {
            let kind = PhaseKind.test(name)
            run.tell(
                1,
                .phaseBegan(kind),
                .commandBegan(kind, 0),
                .output(kind, command: 0, .standardOutput, output),
                .commandEnded(kind, 0, SampleRun.failure(1, "failed")),
                .phaseEnded(kind, .failed(.command(1), message: "m"))
            )
        }
        run.tell(2, .ended(.command(1)))
        let record = run.record()
        let text = JobSummary.text(of: record)
        #expect(text.utf8.count <= 1 << 20 && text.utf8.count > 900 << 10)
        #expect(text.contains(" more | | |") && text.hasSuffix("More failures are in the log.\n"))
        for limit in [0, 10, 1_000, 20_000] { #expect(JobSummary.text(of: record, limit: limit).utf8.count <= limit) }
    }

    @Test func `it is added to what is there, within the limit of both`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/okteto-run-summary-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        var run = SampleRun()
        run.tell(1, .ended(.success))
        let record = run.record(command: "deploy")
        try JobSummary.append(record, to: path)
        try JobSummary.append(record, to: path)
        let once = "### ✅ okteto-run deploy: passed in 1 ms\n\n"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == once + once)
        try Data([UInt8](repeating: 0x61, count: (1 << 20) - 10)).write(to: URL(filePath: path))
        try JobSummary.append(record, to: path)
        #expect(FileManager.default.contents(atPath: path)?.count == (1 << 20) - 10)
    }

    @Test func `a pipe in its place is not waited for`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/okteto-run-summary-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(mkfifo(path, 0o600) == 0)
        var run = SampleRun()
        run.tell(1, .ended(.success))
        let record = run.record(command: "deploy")
        #expect(throws: Errno.self) { try JobSummary.append(record, to: path) }
    }
}
