import ContainerExec
import FoundationEssentials
import ProcessEnvironment
import Synchronization

/// A phase in a real local shell, with what came out of it.
final class LocalPhase: Sendable {
    let shell: PhaseShell
    private let collected: Collected

    final class Collected: Sendable {
        private let bytes = Mutex<[OutputStream: [UInt8]]>([:])

        func append(_ stream: OutputStream, _ span: RawSpan) {
            bytes.withLock { bytes in
                span.withUnsafeBytes { bytes[stream, default: []] += Array($0) }
            }
        }

        func raw(_ stream: OutputStream) -> [UInt8] {
            bytes.withLock { $0[stream] ?? [] }
        }

        func text(_ stream: OutputStream) -> String {
            bytes.withLock { String(decoding: $0[stream] ?? [], as: UTF8.self) }
        }
    }

    init(shell path: String = "/bin/sh", commandShell: String = "sh") throws {
        let channel = try LocalChannel(shell: path, directory: "/", environment: .ofProcess())
        let collected = Collected()
        self.collected = collected
        shell = PhaseShell(channel: channel, commandShell: commandShell) { stream, span in
            collected.append(stream, span)
        }
        try shell.start()
    }

    deinit {
        try? FileManager.default.removeItem(atPath: shell.temporaryFolder)
    }

    convenience init(_ shell: DriverShell) throws {
        try self.init(shell: shell.driver, commandShell: shell.command)
    }

    var bytes: [UInt8] { collected.raw(.standardOutput) }

    var output: String { collected.text(.standardOutput) }

    var errors: String { collected.text(.standardError) }

    /// Runs a command in it and cancels it once its output shows `text`, or after `delay`.
    func cancel(
        _ command: String,
        after text: String = "",
        delay: Duration = .zero,
        grace: Duration = .seconds(10)
    ) async throws -> CommandResult? {
        try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask { try await self.shell.run(command, grace: grace) }
            while !output.contains(text) { try await Task.sleep(for: .milliseconds(2)) }
            if delay > .zero { try await Task.sleep(for: delay) }
            group.cancelAll()
            return try await group.next() ?? nil
        }
    }

    /// Runs commands in a phase of their own and returns the last one's result and everything that was printed.
    static func run(
        _ commands: String...,
        shell: String = "/bin/sh",
        commandShell: String = "sh"
    ) async throws -> (result: CommandResult, output: String, errors: String) {
        let phase = try LocalPhase(shell: shell, commandShell: commandShell)
        var result: CommandResult?
        do {
            for command in commands { result = try await phase.shell.run(command) }
        } catch {
            await phase.shell.kill()
            throw error
        }
        await phase.shell.end()
        guard let result else { throw ContainerExecError(.input, "no command") }
        return (result, phase.output, phase.errors)
    }
}
