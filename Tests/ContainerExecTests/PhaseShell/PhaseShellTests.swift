import ContainerExec
import FoundationEssentials
import ProcessEnvironment
import Testing

@Suite(.timeLimit(.minutes(2))) struct PhaseShellTests {
    static let shells = ["/bin/sh", "/bin/bash"].filter { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(arguments: [
        ("true", 0), ("exit 3", 3), ("nosuchcommand", 127), ("/etc/passwd", 126), ("kill -9 $$", 137), ("kill $$", 143),
        ("exit 300", 44), ("if", 2), ("set -e; false; true", 1), ("exec sh -c 'exit 7'", 7), ("cat", 0),
        ("( exit 5 )", 5),
    ])
    func `a command's exit status is exact`(command: String, status: Int32) async throws {
        for shell in Self.shells {
            #expect(try await LocalPhase.run(command, shell: shell).result.exitStatus == status, "\(shell)")
        }
    }

    @Test func `standard output and standard error stay apart, and no fence shows`() async throws {
        let run = try await LocalPhase.run("echo out; echo err >&2")
        #expect(run.output == "out\n")
        #expect(run.errors == "err\n")
    }

    @Test func `output without a final newline comes through as it is`() async throws {
        #expect(try await LocalPhase.run("printf abc").output == "abc")
    }

    @Test func `what a command prints of fences it does not know passes through`() async throws {
        let run = try await LocalPhase.run(#"printf '\036x 0\n\036'; exit 4"#)
        #expect(run.output == "\u{1E}x 0\n\u{1E}")
        #expect(run.result.exitStatus == 4)
    }

    @Test func `the nonce is in neither the environment nor the arguments of any process`() async throws {
        let run = try await LocalPhase.run(
            "env; cat /proc/$PPID/cmdline /proc/$PPID/environ | tr '\\0' '\\n'; echo end"
        )
        #expect(run.output.hasSuffix("end\n"))
        #expect(!run.output.contains("__n"))
    }

    @Test func `quotes, newlines and unbalanced text reach the command's shell as they are`() async throws {
        let run = try await LocalPhase.run("printf '%s|' \"it's\" 'a\nb'", "echo 'open", "echo \"done\"")
        #expect(run.output.hasPrefix("it's|a\nb|"))
        #expect(run.output.hasSuffix("done\n"))
    }

    @Test func `a command larger than an argument can be runs`() async throws {
        let text = String(repeating: "x", count: 300_000)
        let run = try await LocalPhase.run("v='\(text)'; echo ${#v}; cat; exit 6")
        #expect(run.output == "300000\n")
        #expect(run.result.exitStatus == 6)
    }

    @Test func `a command with a NUL byte is refused`() async throws {
        await #expect(throws: ContainerExecError.self) { try await LocalPhase.run("echo a\0b") }
    }

    @Test func `variables are set and removed between commands, whatever their values hold`() async throws {
        let phase = try LocalPhase()
        try phase.shell.setEnvironment(["HOSTILE": "a'b\n$(id)`id`\\", "GONE": "x"])
        _ = try await phase.shell.run("printf '%s' \"$HOSTILE\"")
        try phase.shell.setEnvironment([:], removing: ["GONE"])
        _ = try await phase.shell.run("printf '[%s]' \"${GONE-unset}\"")
        await phase.shell.end()
        #expect(phase.output == "a'b\n$(id)`id`\\[unset]")
    }

    @Test func `a name that is no variable's is refused`() async throws {
        let phase = try LocalPhase()
        #expect(throws: ContainerExecError.self) { try phase.shell.setEnvironment(["A;id": "x"]) }
        await phase.shell.end()
    }

    @Test func `what a command writes to OKTETO_ENV comes back and is not shown`() async throws {
        let phase = try LocalPhase()
        let first = try await phase.shell.run("echo visible; echo A=1 >> \"$OKTETO_ENV\"")
        let second = try await phase.shell.run("ls -l \"$OKTETO_ENV\" | cut -c1-10")
        await phase.shell.end()
        #expect(first.environmentFile.map { String(decoding: $0, as: UTF8.self) } == "A=1\n")
        #expect(second.environmentFile.map { String(decoding: $0, as: UTF8.self) } == "A=1\n")
        #expect(phase.output == "visible\n-rw-------\n")
    }

    @Test func `the file of OKTETO_ENV is gone after the phase`() async throws {
        let run = try await LocalPhase.run("echo \"$OKTETO_ENV\"")
        let path = run.output.split(separator: "\n").first.map(String.init) ?? "/"
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a command that kills its parent is a failure and not a success`() async throws {
        await #expect(throws: ContainerExecError.self) { try await LocalPhase.run("kill -9 0") }
    }

    @Test func `a command that closes its streams still has its status`() async throws {
        #expect(try await LocalPhase.run("exec >&- 2>&-; exit 9").result.exitStatus == 9)
    }

    @Test func `a background child that holds the pipe does not hold the phase`() async throws {
        let start = ContinuousClock.now
        #expect(try await LocalPhase.run("sleep 60 & echo started").output == "started\n")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `a cancelled command's own trap runs, and its output and status arrive`() async throws {
        let phase = try LocalPhase()
        let result = try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask {
                try await phase.shell.run("trap 'echo cleaned; exit 42' TERM; echo ready; sleep 60 & wait")
            }
            while !phase.output.contains("ready") { try await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
            return try await group.next() ?? nil
        }
        await phase.shell.end()
        #expect(result?.exitStatus == 42)
        #expect(result?.wasCancelled == true)
        #expect(phase.output == "ready\ncleaned\n")
    }

    @Test func `a command that ignores TERM is killed after the grace`() async throws {
        let phase = try LocalPhase()
        let start = ContinuousClock.now
        let result = try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask {
                try await phase.shell.run(
                    "trap '' TERM; echo ready; while :; do sleep 1; done",
                    grace: .milliseconds(200)
                )
            }
            while !phase.output.contains("ready") { try await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
            return try await group.next() ?? nil
        }
        await phase.shell.kill()
        #expect(result?.exitStatus == 137)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `grandchildren are gone after the phase`() async throws {
        let run = try await LocalPhase.run("sleep 1234 & echo $!")
        let pid = run.output.split(separator: "\n").first.map(String.init) ?? "self"
        let command = (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)) ?? ""
        #expect(!command.contains("1234"))
    }

    @Test func `a megabyte on one line, on both streams, is complete`() async throws {
        let run = try await LocalPhase.run(
            "head -c 1000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2"
        )
        #expect(run.output.utf8.count == 1_000_000)
        #expect(run.errors.utf8.count == 1_000_000)
    }

    @Test func `a secret that a command prints in pieces is masked`() async throws {
        let phase = try LocalPhase()
        phase.shell.mask([Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")])
        _ = try await phase.shell.run(
            "s='wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'; printf 'a%.20s' \"$s\"; sleep 0.1; printf '%sb\\n' \"${s#????????????????????}\"; printf %s \"x$s\" | base64 -w0"
                .replacing("${s#????????????????????}", with: "$(printf %s \"$s\" | cut -c21-)")
        )
        await phase.shell.end()
        #expect(phase.output.hasPrefix("a***b\n"))
        #expect(!phase.output.contains("wJalr"))
        #expect(!phase.output.contains("YWxyWFV0bkZFTUkv"))
    }

    @Test func `a shell is ready, enters a folder, and says of one that is not there that it cannot`() async throws {
        let phase = try LocalPhase()
        try await phase.shell.waitUntilReady()
        try await phase.shell.enter("/usr/bin")
        let error = await #expect(throws: ContainerExecError.self) { try await phase.shell.enter("/no such folder'") }
        #expect(error?.code == .workspace)
        #expect(error?.message == "the folder /no such folder' cannot be entered in the container")
        #expect(try await phase.shell.run("pwd").exitStatus == 0)
        await phase.shell.end()
        #expect(phase.output == "/usr/bin\n")
    }

    @Test func `a shell unpacks an archive, stands in its folder, and says where it could not`() async throws {
        let folder = try ScratchFolder()
        let file = MemoryFile(path: folder.path.dropFirst() + "/in/it", contents: Array("content\n".utf8))
        let packed = try #require(WorkspaceArchive(folder: nil, extraFiles: [file]).packed(limit: 1 << 20))
        let phase = try LocalPhase()
        try await phase.shell.waitUntilReady()
        #expect(try await phase.shell.unpack(packed.archive, entering: folder.path + "/in"))
        #expect(try await phase.shell.run("cat it").exitStatus == 0)
        #expect(try await !phase.shell.unpack(Array("no archive".utf8), entering: folder.path))
        await phase.shell.end()
        #expect(phase.output == "content\n")
    }

    @Test func `what is asked of a shell that has ended is an error`() async throws {
        let phase = try LocalPhase()
        try await phase.shell.waitUntilReady()
        await phase.shell.kill()
        let error = await #expect(throws: ContainerExecError.self) { try await phase.shell.enter("/") }
        #expect(error?.code == .streamCut)
    }

    @Test func `a shell that is cancelled while it prepares is ended`() async throws {
        let phase = try LocalPhase()
        let error = await withTaskGroup(of: ContainerExecError?.self) { group in
            group.addTask {
                do throws(ContainerExecError) {
                    while true { try await phase.shell.waitUntilReady() }
                } catch {
                    return error
                }
            }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.code == .cancelled)
        await phase.shell.end()
    }
}
