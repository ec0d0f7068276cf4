import FoundationEssentials
import Synchronization
import Testing

@testable import ManifestRunner

@Suite struct JobLogTests {
    /// Tells a writer of events and returns what it wrote.
    private func log(
        _ log: JobLog,
        folds: Bool = true,
        annotates: Bool = true,
        hasBlocks: Bool = false,
        _ events: [RunEvent]
    ) -> String {
        let text = Mutex("")
        let writer = JobLogWriter(
            log: log,
            folds: folds,
            annotates: annotates,
            hasBlocks: hasBlocks,
            path: { "services/" + $0 },
            write: { phase, piece in
                text.withLock { $0 += hasBlocks ? "\(phase.map { "\($0)" } ?? "run")> \(piece)" : piece }
            }
        )
        let instant = RunInstant(date: SampleRun.start, elapsed: .zero)
        for event in events { writer.observe(event, at: instant) }
        return text.withLock { $0 }
    }

    private static let unit = PhaseKind.test("unit")
    private static let plan = RunEvent.planned([
        SampleRun.phase("unit", [SampleRun.command("build"), SampleRun.command("try: it, 100%\n::error::x", line: 9)]),
        SampleRun.phase("other", [SampleRun.command("x")]),
    ])

    @Test func `phases and commands are groups, one after the other, and a failure points at its line`() {
        let text = log(
            .gitHub,
            [
                Self.plan, .phaseBegan(Self.unit), .commandBegan(Self.unit, 0), .commandEnded(Self.unit, 0, .success),
                .commandBegan(Self.unit, 1),
                .commandEnded(Self.unit, 1, SampleRun.failure(2, "failed with exit status 2")),
                .phaseEnded(Self.unit, .failed(.command(2), message: "m")), .ended(.command(2)),
            ]
        )
        #expect(
            text == """
                ::group::test 'unit'
                ::endgroup::
                ::group::test 'unit': build
                ::endgroup::
                ::group::test 'unit': try: it, 100%25\\n::error::x
                ::endgroup::
                ::error file=services/okteto.yml,line=9,col=7,title=test 'unit' failed::command 'try: it, 100%25%0A::error::x' failed with exit status 2

                """
        )
    }

    @Test func `phases at once are not folded, and one that goes on alone is again`() {
        let other = PhaseKind.test("other")
        let text = log(
            .gitHub,
            annotates: false,
            [
                Self.plan, .phaseBegan(Self.unit), .phaseBegan(other), .commandBegan(Self.unit, 0),
                .commandBegan(other, 0),
                .commandEnded(other, 0, .success), .phaseEnded(other, .succeeded),
                .commandEnded(Self.unit, 0, .success),
                .commandBegan(Self.unit, 1), .ended(.interrupted(by: 15)),
            ]
        )
        #expect(
            text
                == "::group::test 'unit'\n::endgroup::\n::group::test 'unit': try: it, 100%25\\n::error::x\n::endgroup::\n"
        )
    }

    @Test func `where each phase is a block, each is folded in its own`() {
        let other = PhaseKind.test("other")
        let text = log(
            .gitHub,
            annotates: false,
            hasBlocks: true,
            [
                Self.plan, .phaseBegan(Self.unit), .phaseBegan(other), .commandBegan(other, 0),
                .commandEnded(other, 0, .success), .phaseEnded(Self.unit, .cancelled),
            ]
        )
        #expect(
            text == """
                test 'unit'> ::group::test 'unit'
                test 'other'> ::group::test 'other'
                test 'other'> ::endgroup::
                ::group::test 'other': x
                test 'other'> ::endgroup::
                test 'unit'> ::endgroup::

                """
        )
    }

    @Test func `a phase that could not be run, and a run, have their own errors`() {
        let failed = PhaseOutcome.failed(.engineFailed, message: "no image: a,b")
        #expect(
            log(.gitHub, folds: false, [Self.plan, .phaseEnded(Self.unit, failed), .ended(.engineFailed)])
                == "::error file=services/okteto.yml,line=3,col=7,title=test 'unit' failed::no image: a,b\n"
        )
        #expect(
            log(.gitHub, [.message(nil, .error, "it is\nnot valid", hint: nil), .ended(.invalidManifest)])
                == "::error title=okteto-run%3A invalid manifest::it is%0Anot valid\n"
        )
        #expect(log(.gitHub, [.ended(.ioError)]) == "::error title=okteto-run%3A i/o error::i/o error\n")
        #expect(log(.gitHub, [.ended(.success)]).isEmpty)
    }

    @Test func `a command that okteto-run ended has no error of its own`() {
        let ended = CommandOutcome(exitStatus: 143, wasCancelled: true, cause: "was killed")
        let events: [RunEvent] = [
            Self.plan, .phaseBegan(Self.unit), .commandBegan(Self.unit, 0), .commandEnded(Self.unit, 0, ended),
            .phaseEnded(Self.unit, .cancelled),
        ]
        #expect(!log(.gitHub, events).contains("::error"))
    }

    @Test func `sections of GitLab have names of their own, and are closed at the start`() {
        let text = log(
            .gitLab,
            annotates: false,
            [Self.plan, .phaseBegan(Self.unit), .commandBegan(Self.unit, 7), .commandEnded(Self.unit, 7, .success)]
        )
        #expect(
            text == "section_start:1767323045:okteto_run_1[collapsed=true]\r\u{1B}[0Ktest 'unit'\n"
                + "section_end:1767323045:okteto_run_1\r\u{1B}[0K\n"
        )
    }

    @Test func `control characters of a title cannot end its line`() {
        let title = "a\r\n::set-output name=x::y\u{1B}[0K"
        for log in [JobLog.gitHub, .gitLab] {
            let text = log.beginning(title, number: 1, at: SampleRun.start)
            #expect(text.split(whereSeparator: \.isNewline).allSatisfy { !$0.hasPrefix("::set-output") }, "\(text)")
        }
    }

    @Test(arguments: [
        ("okteto.yml", "/w/repo/api", "/w/repo", "api/okteto.yml"),
        ("/w/repo/x/okteto.yml", "/", "/w/repo/", "x/okteto.yml"),
        ("../o.yml", "/w/repo/api", "/w/repo", "o.yml"), ("o.yml", "/else", "/w/repo", "/else/o.yml"),
        ("o.yml", "/w/repository", "/w/repo", "/w/repository/o.yml"),
    ])
    func `paths are relative to the repository's folder`(path: String, folder: String, workspace: String, shown: String)
    {
        #expect(JobLogWriter.path(path, from: folder, in: workspace) == shown)
        #expect(JobLogWriter.path(path, from: folder, in: nil) == path)
    }
}
