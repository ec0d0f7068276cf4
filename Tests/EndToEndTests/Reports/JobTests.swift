import FoundationEssentials
import Testing

/// What a CI job's log and page get.
@Suite(.timeLimit(.minutes(2))) struct JobTests {
    private static let manifest = """
        test:
          unit:
            commands:
            - name: build
              command: echo built; echo '::set-output name=x::y'
            - name: try
              command: echo tried; exit 3
        """

    /// Runs a job's step: a process of the runner's name, a shell, and in it okteto-run by `$RUN`, in the folder `api`.
    private func step(
        _ command: String,
        runner: String = "Runner.Worker",
        manifest: String = JobTests.manifest,
        _ environment: [String: String]
    ) async throws -> (log: String, errors: String, summary: String?) {
        let workspace = try Workspace(manifest: "")
        try FileManager.default.createDirectory(atPath: workspace.path + "/api", withIntermediateDirectories: false)
        try Data(manifest.utf8).write(to: URL(filePath: workspace.path + "/api/okteto.yml"))
        let path = workspace.path + "/" + runner
        try Data("#!/bin/bash\ncd api; bash -c '\(command)' | cat >../log\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let result = try await Program.run(
            [],
            of: path,
            in: workspace.path,
            environment: [
                "RUN": Program.path, "OKTETO_RUN_ENGINE": "shell", "GITHUB_WORKSPACE": workspace.path,
                "GITHUB_STEP_SUMMARY": workspace.path + "/summary",
            ].merging(environment) { $1 }
        )
        return (
            try String(contentsOfFile: workspace.path + "/log", encoding: .utf8), result.errors,
            try? String(contentsOfFile: workspace.path + "/summary", encoding: .utf8)
        )
    }

    @Test func `GitHub folds each command, and its errors point at the manifest's line`() async throws {
        let (log, errors, summary) = try await step("$RUN test", ["GITHUB_ACTIONS": "true"])
        #expect(
            log == """
                ::group::test 'unit'
                ::endgroup::
                ::group::test 'unit': build
                built
                ::set-output name=x::y
                ::endgroup::
                ::group::test 'unit': try
                tried
                ::endgroup::
                ::error file=api/okteto.yml,line=6,col=7,title=test 'unit' failed::command 'try' failed with exit status 3

                """,
            "\(errors)"
        )
        let text = try #require(summary)
        #expect(text.contains("### ❌ okteto-run test") && text.contains("<pre>\ntried\n</pre>"))
    }

    @Test(arguments: ["$RUN test >../elsewhere", "$RUN test | cat >../elsewhere", "$RUN test --log-output json"])
    func `nothing is written where something else reads standard output`(command: String) async throws {
        let (log, _, summary) = try await step(command, ["GITHUB_ACTIONS": "true"])
        #expect(!log.contains("::group::") && !log.contains("::error"))
        // The page of the job is another file.
        #expect(summary != nil)
    }

    @Test func `a run that cannot begin is an error of the job`() async throws {
        let (log, _, summary) = try await step("$RUN deploy", manifest: "deploy: [", ["GITHUB_ACTIONS": "true"])
        #expect(log.contains("::error title=okteto-run%3A invalid manifest::the manifest okteto.yml is not valid"))
        #expect(summary?.contains("invalid manifest (exit status 65)") == true)
    }

    @Test func `a summary that cannot be written is said and changes nothing`() async throws {
        let (_, errors, _) = try await step(
            "$RUN test",
            manifest: "test: {unit: {commands: [echo x]}}",
            ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "/nonexistent/summary"]
        )
        #expect(errors.contains("WARNING: the job's summary could not be written"))
    }

    @Test func `outside of a job there is none of it`() async throws {
        let (log, _, summary) = try await step("$RUN test", runner: "script", [:])
        #expect(log == "built\n::set-output name=x::y\ntried\n" && summary == nil)
    }

    @Test func `GitLab folds each command into a section`() async throws {
        let (log, _, summary) = try await step("$RUN test", runner: "gitlab-runner", ["GITLAB_CI": "true"])
        let lines = log.split(separator: "\n").map { String($0).replacing(/:[0-9]{10,}:/, with: ":TIME:") }
        #expect(
            lines == [
                "section_start:TIME:okteto_run_1[collapsed=true]\r\u{1B}[0Ktest 'unit'",
                "section_end:TIME:okteto_run_1\r\u{1B}[0K",
                "section_start:TIME:okteto_run_2[collapsed=true]\r\u{1B}[0Ktest 'unit': build", "built",
                "::set-output name=x::y", "section_end:TIME:okteto_run_2\r\u{1B}[0K",
                "section_start:TIME:okteto_run_3[collapsed=true]\r\u{1B}[0Ktest 'unit': try", "tried",
                "section_end:TIME:okteto_run_3\r\u{1B}[0K",
            ]
        )
        #expect(summary == nil)
    }
}
