import FoundationEssentials
import ProcessEnvironment
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct HelperProgramTests {
    private func program(
        _ script: String,
        timeout: Duration = .seconds(20),
        limit: Int = 1000
    ) -> HelperProgram {
        HelperProgram(
            words: ["sh", "-c", script],
            environment: ["PATH": "/usr/bin:/bin", "NAME": "value"],
            timeout: timeout,
            maximumOutputBytes: limit
        )
    }

    @Test func `output, standard error and exit status are told`() async throws {
        let result = try await program("printf out; printf err >&2; exit 7").run()
        #expect(result.standardOutput.reveal() == "out")
        #expect(String(decoding: result.standardError, as: UTF8.self) == "err")
        #expect(result.exitStatus == 7)
    }

    @Test func `a signal is told as a shell tells it`() async throws {
        #expect(try await program("kill -9 $$").run().exitStatus == 137)
    }

    @Test func `a program sees exactly the environment it is given`() async throws {
        let program = HelperProgram(words: ["/usr/bin/env"], environment: ["NAME": "value", "OTHER": ""])
        #expect(try await program.run().standardOutput.reveal() == "NAME=value\nOTHER=\n")
    }

    @Test func `there is nothing on standard input`() async throws {
        #expect(try await program("cat; echo end").run().standardOutput.reveal() == "end\n")
    }

    @Test func `a program reads what it is given, to its end`() async throws {
        let text = String(repeating: "0123456789", count: 30_000)
        let program = HelperProgram(
            words: ["cksum"],
            environment: ["PATH": "/usr/bin:/bin"],
            standardInput: Secret(text)
        )
        let counted = HelperProgram(
            words: ["sh", "-c", "wc -c; echo end"],
            environment: ["PATH": "/usr/bin:/bin"],
            standardInput: Secret(text)
        )
        #expect(try await program.run().standardOutput.reveal().hasSuffix(" 300000\n"))
        #expect(try await counted.run().standardOutput.reveal().split(separator: "\n") == ["300000", "end"])
    }

    @Test func `a program that does not read what it is given still tells its status`() async throws {
        // As the program does in its `main`; this process otherwise ends by the signal.
        signal(SIGPIPE, SIG_IGN)
        let program = HelperProgram(
            words: ["sh", "-c", "exec <&-; echo unread; exit 4"],
            environment: ["PATH": "/usr/bin:/bin"],
            standardInput: Secret(String(repeating: "x", count: 1 << 20))
        )
        let result = try await program.run()
        #expect(result.exitStatus == 4)
        #expect(result.standardOutput.reveal() == "unread\n")
    }

    @Test func `only the beginning of standard error is kept`() async throws {
        let result = try await program("head -c 300000 /dev/zero >&2").run()
        #expect(result.standardError.count == 4096)
        #expect(result.exitStatus == 0)
    }

    @Test func `a file that is no program, and a word with a NUL, are errors without the arguments`() async throws {
        let file = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        try Data([0x7F, 0x45, 0x4C, 0x46, 0, 0]).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        for words in [[file, "hunter2"], ["sh", "hunter2\u{0}"]] {
            let program = HelperProgram(words: words, environment: ["PATH": "/usr/bin:/bin"])
            let error = await #expect(throws: HelperProgramError.self) { try await program.run() }
            #expect(error?.code == .notStarted)
            #expect(error?.message.contains("hunter2") == false)
        }
    }

    @Test func `too much output is an error`() async {
        let error = await #expect(throws: HelperProgramError.self) { try await program("yes").run() }
        #expect(error?.code == .tooMuchOutput)
    }

    @Test func `a program that does not end in time is ended with its children`() async {
        let start = ContinuousClock.now
        let error = await #expect(throws: HelperProgramError.self) {
            try await program("echo waiting >&2; sleep 50 & sleep 50", timeout: .milliseconds(300)).run()
        }
        #expect(error?.code == .timedOut)
        #expect(error.map { String(decoding: $0.standardError, as: UTF8.self) } == "waiting\n")
        #expect(ContinuousClock.now - start < .seconds(40))
    }

    @Test func `a program that ignores TERM is killed`() async {
        let error = await #expect(throws: HelperProgramError.self) {
            try await program("trap '' TERM; while :; do sleep 1; done", timeout: .milliseconds(300)).run()
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `cancelling ends the program`() async {
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: HelperProgramError.self) { try await program("sleep 50").run() }
                #expect(error?.code == .cancelled)
            }
            try? await Task.sleep(for: .milliseconds(100))
            group.cancelAll()
        }
        #expect(ContinuousClock.now - start < .seconds(40))
    }

    @Test(arguments: ["no-such-program", "/no/such/program", "/etc/passwd", "/", ""])
    func `a program that cannot be run is an error`(_ name: String) async {
        let program = HelperProgram(words: [name], environment: ["PATH": "/usr/bin:/bin"])
        let error = await #expect(throws: HelperProgramError.self) { try await program.run() }
        #expect(error?.code == .notStarted)
    }

    @Test func `relative folders of PATH are passed over`() {
        #expect(ExecutableSearch.path(of: "sh", in: ["PATH": ".:bin:/bin"]) == "/bin/sh")
        #expect(ExecutableSearch.path(of: "sh", in: ["PATH": "."]) == nil)
    }
}
