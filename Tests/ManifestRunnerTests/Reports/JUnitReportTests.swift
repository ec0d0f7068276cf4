import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct JUnitReportTests {
    private func text(_ record: RunRecord) -> String { String(decoding: JUnitReport.bytes(of: record), as: UTF8.self) }

    @Test func `each phase is a suite and each command a case, with place, time and output`() {
        #expect(
            text(SampleRun.mixed().record()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="okteto-run test" time="1.000" tests="4" failures="1" errors="0">
                  <testsuite name="lint" tests="1" failures="0" errors="0" skipped="0" time="0.470" timestamp="2026-01-02T03:04:05" file="okteto.yml">
                    <properties>
                      <property name="okteto-run.phase" value="test"/>
                      <property name="okteto-run.place" value="shell"/>
                      <property name="okteto-run.artifact" value="/w/out"/>
                    </properties>
                    <testcase name="check" classname="test.lint" time="0.440" file="okteto.yml" line="3">
                      <system-out>hello
                </system-out>
                    </testcase>
                  </testsuite>
                  <testsuite name="unit" tests="2" failures="1" errors="0" skipped="0" time="0.800" timestamp="2026-01-02T03:04:05" file="okteto.yml">
                    <properties>
                      <property name="okteto-run.phase" value="test"/>
                      <property name="okteto-run.image" value="busybox"/>
                    </properties>
                    <testcase name="build" classname="test.unit" time="0.100" file="okteto.yml" line="3"/>
                    <testcase name="try" classname="test.unit" time="0.400" file="okteto.yml" line="9">
                      <failure message="failed with exit status 3" type="exit status 3">failed with exit status 3
                okteto.yml:9
                make
                try

                one
                two
                hello</failure>
                      <system-out>one
                two
                </system-out>
                      <system-err>hello
                </system-err>
                    </testcase>
                  </testsuite>
                  <testsuite name="slow" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-01-02T03:04:05" file="okteto.yml">
                    <properties>
                      <property name="okteto-run.phase" value="test"/>
                      <property name="okteto-run.image" value="busybox"/>
                    </properties>
                    <testcase name="wait" classname="test.slow" time="0.000" file="okteto.yml" line="12">
                      <skipped message="not run: test &#39;unit&#39; did not succeed"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """
        )
    }

    @Test func `what cannot be in XML, or would mislead, is shown by something that can`() {
        let hostile = "a\u{0}b\u{1B}c<&>\"']]>\u{202E}d\u{2028}e\u{FFFF}\u{85}é👩‍👩‍👧"
        let text = text(SampleRun.mixed(names: { $0 + hostile }, output: hostile + "\n").record())
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let isAllowed =
                value == 9 || value == 10 || (0x20...0x7E).contains(value) || (0xA0...0xD7FF).contains(value)
                || (0xE000...0xFFFD).contains(value) || value >= 0x10000
            #expect(isAllowed && value != 0x202E && value != 0x2028, "\(value)")
        }
        #expect(text.contains("<system-out>a␀b&lt;&amp;&gt;&quot;&#39;]]&gt;\\u{202E}d\\u{2028}e\u{FFFD}\\u{85}é👩‍👩‍👧\n"))
    }

    @Test func `cases of one name are told apart`() {
        var run = SampleRun()
        run.tell(
            0,
            .planned([SampleRun.phase("a.b", [SampleRun.command("x"), SampleRun.command("x"), SampleRun.command("x")])])
        )
        run.tell(1, .ended(.success))
        let text = text(run.record())
        for name in ["x", "x (2)", "x (3)"] { #expect(text.contains("name=\"\(name)\" classname=\"test.a_b\"")) }
    }

    @Test func `a phase that could not be run is a case with an error`() {
        var run = SampleRun()
        run.tell(0, .planned([SampleRun.phase("a", [SampleRun.command("x")])]), .phaseBegan(.test("a")))
        run.tell(
            9,
            .phaseEnded(.test("a"), .failed(.engineFailed, message: "no such image")),
            .ended(.engineFailed)
        )
        let text = text(run.record())
        #expect(text.contains("<testcase name=\"prepare\" classname=\"test.a\" time=\"0.009\">"))
        #expect(text.contains("<error message=\"no such image\" type=\"engine failed\">no such image</error>"))
        #expect(text.contains("<skipped message=\"not run: no such image\"/>"))
        #expect(text.contains("tests=\"2\" failures=\"0\" errors=\"1\""))
    }

    @Test func `commands that were ended are errors, and so is a phase of which nothing else is known`() {
        var run = SampleRun()
        run.tell(
            0,
            .planned([SampleRun.phase("a", [SampleRun.command("x")]), SampleRun.phase("b", [SampleRun.command("y")])])
        )
        run.tell(1, .phaseBegan(.test("a")), .commandBegan(.test("a"), 0))
        run.tell(
            2,
            .commandEnded(.test("a"), 0, CommandOutcome(exitStatus: 143, wasCancelled: true, cause: "was killed"))
        )
        run.tell(3, .phaseEnded(.test("a"), .cancelled), .phaseBegan(.test("b")), .commandBegan(.test("b"), 0))
        run.tell(4, .ended(.interrupted(by: 15)))
        let text = text(run.record())
        #expect(text.contains("<error message=\"was killed\" type=\"cancelled\">"))
        #expect(text.contains("<error message=\"the run ended before the command did\" type=\"unfinished\">"))
    }

    @Test func `a phase that was ended before its first command is an error, with what it had printed`() {
        var run = SampleRun()
        run.tell(0, .planned([SampleRun.phase("a", [SampleRun.command("x")])]), .phaseBegan(.test("a")))
        run.tell(1, .output(.test("a"), command: nil, .standardError, Array("early\n".utf8)))
        run.tell(2, .phaseEnded(.test("a"), .cancelled), .ended(.timedOut))
        #expect(text(run.record()).contains("type=\"cancelled\">it was ended before its end</error>"))
        #expect(text(run.record()).contains("    <system-err>early\n</system-err>\n  </testsuite>"))
    }

    @Test func `a run that failed without a phase is a suite of its own`() {
        var run = SampleRun()
        run.tell(
            3,
            .message(nil, .error, "the manifest is not valid", hint: "nothing was run"),
            .ended(.invalidManifest)
        )
        let text = text(run.record(command: "deploy"))
        #expect(text.contains("<testsuite name=\"okteto-run\" tests=\"1\" failures=\"0\" errors=\"1\""))
        #expect(text.contains("<error message=\"the manifest is not valid\" type=\"invalid manifest\">"))
        var silent = SampleRun()
        silent.tell(1, .ended(.ioError))
        #expect(self.text(silent.record()).contains("the run ended with exit status 74 (i/o error)"))
    }

    @Test func `deploy and destroy are suites too, and what did not change is skipped`() {
        var run = SampleRun()
        let deploy = PhaseOutline(kind: .deploy, place: .shell, commands: [SampleRun.command("x")], dependencies: [])
        run.tell(0, .planned([deploy]), .phaseEnded(.deploy, .skipped(.unchanged)), .ended(.success))
        let text = text(run.record(command: "deploy"))
        #expect(text.contains("<testsuite name=\"deploy\"") && text.contains("classname=\"deploy\""))
        #expect(text.contains("not run: nothing has changed since it last succeeded"))
    }
}
