import ContainerExec
import FoundationEssentials
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Nothing of a local phase stays, wherever it has gone.
@Suite(.timeLimit(.minutes(3))) struct LeftoverTests {
    /// Starts what tries to stay: in a session of its own, twice orphaned, in a process group of its own, without TERM.
    private static let daemons = """
        setsid sh -c 'trap "" TERM HUP; echo pid $$; exec sleep 4321' &
        (setsid sh -c '(sh -c "echo pid \\$\\$; exec sleep 4321" &) ; exit' &)
        bash -c 'set -m; sleep 4321 & echo pid $!; disown' 2>/dev/null
        while [ "$(pgrep -c -f "sleep 4321")" -lt 3 ]; do sleep 0.02; done
        """

    private static func pids(_ output: String) -> [pid_t] {
        output.split(separator: "\n").compactMap { $0.hasPrefix("pid ") ? pid_t($0.dropFirst(4)) : nil }
    }

    private static func isAlive(_ pid: pid_t) -> Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)) ?? ""
        return stat.contains("4321")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat")))
    func `what a command detaches ends with the phase, after success, failure, cancellation and kill`() async throws {
        for ending in ["true", "exit 3", "sleep 100"] {
            let phase = try LocalPhase()
            if ending == "sleep 100" {
                _ = try await phase.cancel("\(Self.daemons)\necho ready\n\(ending)", after: "ready")
            } else {
                _ = try await phase.shell.run("\(Self.daemons)\n\(ending)")
            }
            let pids = Self.pids(phase.output)
            #expect(pids.count == 3)
            await phase.shell.end()
            #expect(!pids.contains(where: Self.isAlive), "\(ending)")
        }
        let killed = try LocalPhase()
        _ = try await killed.shell.run(Self.daemons)
        let pids = Self.pids(killed.output)
        #expect(pids.filter(Self.isAlive).count == 3)
        await killed.shell.kill()
        #expect(!pids.contains(where: Self.isAlive))
    }

    @Test func `what a background child prints later shows with the next command`() async throws {
        let phase = try LocalPhase()
        let folder = try ScratchFolder()
        let wait = "until [ -e \(folder.path)/NAME ]; do sleep 0.02; done"
        let child = "\(wait.replacing("NAME", with: "go")); echo late; : >\(folder.path)/gone"
        #expect(try await phase.shell.run("(\(child)) & echo first").exitStatus == 0)
        #expect(phase.output == "first\n")
        _ = try await phase.shell.run(": >\(folder.path)/go; \(wait.replacing("NAME", with: "gone")); echo second")
        await phase.shell.end()
        #expect(phase.output == "first\nlate\nsecond\n")
    }

    @Test func `there is no terminal, and asking for one fails`() async throws {
        let run = try await LocalPhase.run("(: </dev/tty) 2>/dev/null || echo none; read -r x || echo end")
        #expect(run.output == "none\nend\n")
    }

    @Test func `binary output, NUL bytes and a line of a hundred megabytes come through`() async throws {
        let phase = try LocalPhase()
        _ = try await phase.shell.run(#"printf 'a\000\001\036\377\r\n'; head -c 100000000 /dev/zero; printf end"#)
        await phase.shell.end()
        let bytes = phase.bytes
        #expect(bytes.count == 100_000_010)
        #expect(bytes.prefix(7) == [0x61, 0, 1, 0x1E, 0xFF, 0x0D, 0x0A])
        #expect(bytes.suffix(4) == [0, 0x65, 0x6E, 0x64])
    }

    @Test func `a thousand commands need no more memory than a hundred`() async throws {
        let phase = try LocalPhase()
        for _ in 0..<100 { _ = try await phase.shell.run("echo x") }
        for _ in 0..<900 { _ = try await phase.shell.run("true") }
        let shell = try await phase.shell.run("grep VmRSS /proc/$PPID/status | tr -dc 0-9")
        await phase.shell.end()
        #expect(shell.exitStatus == 0)
        let kilobytes = Int(phase.output.split(separator: "\n").last ?? "")
        #expect((kilobytes ?? .max) < 8_000)
    }
}
