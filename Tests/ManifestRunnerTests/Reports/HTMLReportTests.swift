import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct HTMLReportTests {
    private func text(_ record: RunRecord) -> String {
        String(decoding: HTMLReport.bytes(of: record, nonce: "nonce0"), as: UTF8.self)
    }

    @Test func `the page forbids itself everything but its own style and script`() {
        let text = text(SampleRun.mixed().record())
        #expect(
            text.contains(
                "content=\"default-src &#39;none&#39;; script-src &#39;nonce-nonce0&#39;; style-src &#39;nonce-nonce0&#39;; "
                    + "base-uri &#39;none&#39;; form-action &#39;none&#39;\""
            )
        )
        for word in ["http://", "https://", "src=", " style=", "url(", "@import", "onclick"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.split(separator: "<script").count == 2 && text.split(separator: "<style").count == 2)
    }

    @Test func `two pages have two nonces`() {
        let record = SampleRun.mixed().record()
        #expect(HTMLReport.bytes(of: record) != HTMLReport.bytes(of: record))
    }

    @Test func `what comes from outside is text, whatever is in it`() {
        let hostile = "</script></style><img src=x onerror=alert(1)>\"'\u{0}\u{202E}\u{2028}&amp;"
        let text = text(SampleRun.mixed(names: { $0 + hostile }, output: hostile + "\n").record())
        #expect(!text.contains("<img") && text.split(separator: "</script>").count == 2)
        for scalar in text.unicodeScalars {
            #expect((scalar.value >= 0x20 || scalar == "\n") && scalar.value != 0x202E && scalar.value != 0x2028)
        }
        #expect(text.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;␀\\u{202E}\\u{2028}&amp;amp;"))
    }

    @Test func `the result, the figures, the role, the artifacts and the reason are shown`() {
        let text = text(SampleRun.mixed().record())
        for part in [
            "<title>Failed · okteto-run test</title>", "<dd>1 of 3</dd>", "arn:aws:sts::1:assumed-role/r/s",
            "2026-01-02 03:04:05 UTC", "<td><code>/w/out</code></td>", "3.4 kB", "command &#39;try&#39; failed",
            "look at it", "href=\"#p1c1\"", "id=\"p1c1\"", "840 ms, 84 %", "pull the image",
            "after test &#39;unit&#39;",
        ] { #expect(text.contains(part), "\(part)") }
    }

    @Test(arguments: [
        (ManifestRunner.ExitStatus.success, "Passed"), (.timedOut, "Timed out"), (.interrupted(by: 2), "Interrupted"),
        (.ioError, "Failed"),
    ])
    func `the title is what came of the run`(status: ManifestRunner.ExitStatus, title: String) {
        var run = SampleRun()
        run.tell(1, .message(nil, .error, "it broke", hint: nil), .ended(status))
        let text = text(run.record(command: "deploy"))
        #expect(text.contains("<title>\(title) · okteto-run deploy</title>"))
        #expect(text.contains("The run ended before there was a plan.") && text.contains("none: the commands ran"))
        #expect(text.contains("class=\"cause\">it broke") == (status != .success))
    }

    @Test func `colours of terminals are classes, and only those that are used have a rule`() {
        let output =
            "\u{1B}[38;5;208mo\u{1B}[0m\u{1B}[1;2;3;4;9;32;44mx\u{1B}[0m\u{1B}[7mi\u{1B}[31mj\u{1B}[0m\u{1B}[48;5;244mg\n"
        let text = text(SampleRun.mixed(output: output).record())
        #expect(text.contains("<span class=\"f208\">o</span><span class=\"f2 g4 b d i u s\">x</span>"))
        #expect(
            text.contains("<span class=\"fd gd\">i</span><span class=\"g1 fd\">j</span><span class=\"g244\">g</span>")
        )
        #expect(text.contains(".f208{color:#ff8700}.g208{background:#ff8700}"))
        #expect(text.contains(".f244{color:#808080}") && !text.contains(".f209{"))
    }

    @Test func `lines have numbers, and what is left out stands between them`() {
        var run = SampleRun()
        let kind = PhaseKind.test("a")
        run.tell(
            0,
            .planned([SampleRun.phase("a", [SampleRun.command("x")])]),
            .phaseBegan(kind),
            .commandBegan(kind, 0)
        )
        let lines = [UInt8]((0..<400_000).flatMap { _ in [0x79, 0x0A] })
        for _ in 0..<2 { run.tell(1, .output(kind, command: 0, .standardOutput, lines)) }
        run.tell(1, .output(kind, command: nil, .standardOutput, Array("first".utf8)), .ended(.success))
        let text = text(run.record())
        // Of a log with more lines than a browser should have, a part is shown.
        #expect(text.contains("<div class=\"gap\">511071 lines and another 537 kB are left out here</div>"))
        #expect(text.contains("data-n=\"4000\">y</div>") && !text.contains("data-n=\"4001\">y</div>"))
        #expect(text.split(separator: "<div class=\"l\"").count <= 20_003)
        #expect(text.contains("Output before the commands"))
    }

    @Test func `results and steps of every kind have their words`() {
        var run = SampleRun()
        let names = ["a", "b", "c", "d"]
        run.tell(0, .planned(names.map { SampleRun.phase($0, [SampleRun.command("x")]) }))
        for (index, step) in RunStep.allCases.enumerated() {
            run.tell(index * 10, .stepBegan(step, .test("a")))
            run.tell(index * 10 + 5, .stepEnded(step, .test("a"), isSuccess: index % 2 == 0))
        }
        run.tell(80, .phaseBegan(.test("a")), .commandBegan(.test("a"), 0))
        run.tell(
            81,
            .commandEnded(.test("a"), 0, CommandOutcome(exitStatus: nil, wasCancelled: true, cause: nil)),
            .phaseEnded(.test("a"), .cancelled),
            .phaseBegan(.test("b")),
            .phaseEnded(.test("b"), .failed(.engineFailed, message: "")),
            .phaseEnded(.test("c"), .skipped(.stopped))
        )
        run.tell(90, .ended(.interrupted(by: 15)))
        let text = text(run.record())
        for word in ["cancelled", "failed", "skipped", "not run", "the run was stopped before it", "bring artifacts"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test(arguments: [(16, "#000000"), (231, "#ffffff"), (232, "#080808"), (255, "#eeeeee")])
    func `the palette is xterm's`(number: UInt8, text: String) {
        #expect(TerminalColour.hexadecimal(number) == text)
    }
}
