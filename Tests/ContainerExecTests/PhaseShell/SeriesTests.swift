import Synchronization
import Testing

@testable import ContainerExec

/// Commands that follow each other without okteto-run between them, in every shell that an image may have.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SeriesTests {
    /// What a series did: how it ended, and which commands it was told to have begun.
    private struct Course: Equatable {
        var count: Int
        var status: Int32
        var begun: [Int]
    }

    private func course(_ phase: LocalPhase, _ commands: [String]) async throws -> Course {
        let begun = Mutex<[Int]>([])
        let series = try await phase.shell.run(commands) { next in begun.withLock { $0.append(next) } }
        return Course(count: series.count, status: series.last.exitStatus, begun: begun.withLock { $0 })
    }

    @Test(arguments: DriverShell.all)
    func `commands run in their order, and each that begins is told of`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let commands = ["echo a", "cat; echo b >&2", "printf c", "( exit 0 )", "echo \"it's\" d"]
        #expect(try await course(phase, commands) == Course(count: 5, status: 0, begun: [1, 2, 3, 4]))
        await phase.shell.end()
        #expect(phase.output == "a\ncit's d\n" && phase.errors == "b\n")
    }

    @Test(arguments: DriverShell.all)
    func `none is begun after one that failed`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        #expect(try await course(phase, ["true", "exit 3", "echo no"]) == Course(count: 2, status: 3, begun: [1]))
        #expect(try await course(phase, ["kill -9 $$", "echo no"]) == Course(count: 1, status: 137, begun: []))
        #expect(try await course(phase, ["echo yes", "nosuchcommand"]) == Course(count: 2, status: 127, begun: [1]))
        await phase.shell.end()
        #expect(phase.output == "yes\n")
    }

    @Test(arguments: DriverShell.all)
    func `none is begun after one that wrote to OKTETO_ENV`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        let commands = ["rm -rf \"${OKTETO_ENV%/*}\"", "echo A=1 >\"$OKTETO_ENV\"", "echo no"]
        let series = try await phase.shell.run(commands)
        await phase.shell.end()
        #expect(series.count == 2 && series.last.environmentFile == Array("A=1\n".utf8) && phase.output.isEmpty)
    }

    @Test(arguments: DriverShell.all)
    func `the one after a command that took its time is left to okteto-run`(shell: DriverShell) async throws {
        let phase = try LocalPhase(shell)
        #expect(try await course(phase, ["true", "sleep 0.8", "echo no"]) == Course(count: 2, status: 0, begun: [1]))
        // What asked for that must not be in the way of what follows.
        #expect(try await course(phase, ["true", "echo yes"]) == Course(count: 2, status: 0, begun: [1]))
        await phase.shell.end()
        #expect(phase.output == "yes\n")
    }

    @Test(arguments: DriverShell.all)
    func `a command that kills the job of its series is a failure, and the next one is not begun`(
        shell: DriverShell
    ) async throws {
        let phase = try LocalPhase(shell)
        await #expect(throws: ContainerExecError.self) {
            try await phase.shell.run(["true", "kill -9 $PPID; sleep 9", "echo no"])
        }
        await phase.shell.kill()
        #expect(!phase.output.contains("no"))
    }

    @Test(arguments: DriverShell.all.filter { $0.name != "mksh" })
    func `a cancellation at any moment ends the series, and nothing runs after it`(shell: DriverShell) async throws {
        for round in 0..<40 {
            let phase = try LocalPhase(shell)
            let commands = (0..<60).map { "echo \($0)" } + ["sleep 60", "echo no"]
            let result = try await withThrowingTaskGroup(of: SeriesResult?.self) { group in
                group.addTask {
                    // Not at all begun is a way to end, too.
                    do {
                        return try await phase.shell.run(commands)
                    } catch let error as ContainerExecError where error.code == .cancelled {
                        return nil
                    }
                }
                try await Task.sleep(for: .microseconds(round * 1_500))
                group.cancelAll()
                return try await group.next() ?? nil
            }
            await phase.shell.end()
            guard let result else { continue }
            #expect(result.last.wasCancelled)
            // One that ended well before TERM came shows all of its output; one that TERM ended may have shown it.
            let lines = phase.output.split(separator: "\n").count
            #expect((result.count - 1...result.count).contains(lines), "\(result): \(phase.output)")
            #expect(!phase.output.contains("no"))
        }
    }

    @Test func `one line has 64 commands and 64 KiB of them at most, and a large command by itself`() {
        let driver = ShellDriver(commandShell: "sh", temporaryFolder: "/tmp")
        let counts = { (lengths: [Int]) in driver.run(lengths.map { [UInt8](repeating: 0x78, count: $0) }).count }
        #expect(counts([5]) == 1)
        #expect(counts([Int](repeating: 5, count: 64)) == 64)
        #expect(counts([Int](repeating: 5, count: 200)) == 64)
        #expect(counts([30_000, 30_000, 30_000]) == 2)
        #expect(counts([100_000, 5]) == 1)
        #expect(counts([200_000, 5]) == 1)
        #expect(counts([5, 200_000, 5]) == 1)
    }

    @Test func `commands that do not fit in one line run all the same, each once and in order`() async throws {
        let phase = try LocalPhase()
        let large = "v=\(String(repeating: "x", count: 200_000)); echo ${#v}"
        var rest = ((0..<200).map { "echo \($0)" } + [large, "echo end"])[...]
        while !rest.isEmpty { rest = rest.dropFirst(try await phase.shell.run(rest).count) }
        await phase.shell.end()
        #expect(phase.output == (0..<200).map { "\($0)\n" }.joined() + "200000\nend\n")
    }

    @Test func `a command that no shell can take fails when its turn comes, and not before`() async throws {
        let phase = try LocalPhase()
        let series = try await phase.shell.run(["echo a", "echo \0", "echo c"])
        await #expect(throws: ContainerExecError.self) { try await phase.shell.run(["echo \0", "echo c"]) }
        await phase.shell.end()
        #expect(series.count == 1 && phase.output == "a\n")
    }
}
