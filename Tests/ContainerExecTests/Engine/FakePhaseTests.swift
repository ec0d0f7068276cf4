import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("A phase at an engine with faults")
struct FakePhaseTests {
    private static let id = String(repeating: "ab", count: 32)

    /// The calls of a phase, in order, by what is in their targets.
    private static let steps = ["/_ping", "/containers/create", "/archive", "/attach", "/start"]

    /// What an engine without faults answers.
    private static func answer(_ target: String) -> [String]? {
        if target == "/_ping" { return FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\n") }
        if target.contains("/create") { return FakeEngine.response(201, #"{"Id":"\#(id)"}"#) }
        if target.contains("/archive") { return FakeEngine.response(200) }
        return target.contains("/start") ? FakeEngine.response(204) : nil
    }

    /// Runs one command in the way a phase does, and returns its result and output.
    private func run(_ fake: FakeEngine, _ script: String) async throws -> (CommandResult, [OutputStream: String]) {
        let engine = try await Engine.connect(
            .automatic,
            environment: ["DOCKER_HOST": "unix://\(fake.path)"],
            home: nil
        )
        let specification = ContainerSpecification(
            image: "img",
            identity: ContainerSpecificationTests.identity,
            phase: "deploy"
        )
        let container = try await engine.createContainer(specification).id
        try await engine.upload(to: container) { sink throws(ContainerExecError) in
            try sink([UInt8]("x".utf8).span.bytes)
        }
        let channel = try EngineChannel(try await engine.attach(container))
        try await engine.start(container, of: specification)
        let output = Mutex<[OutputStream: [UInt8]]>([:])
        let shell = PhaseShell(channel: channel, commandShell: "sh") { stream, bytes in
            output.withLock { output in
                bytes.withUnsafeBytes { output[stream, default: []].append(contentsOf: $0) }
            }
        }
        try shell.start()
        let result = try await shell.run(script)
        await shell.end()
        return (result, output.withLock { $0.mapValues { String(decoding: $0, as: UTF8.self) } })
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 64])
    func `frames may be split at every byte`(pieceSize: Int) async throws {
        let fake = try FakeEngine(attachment: FakeAttachment(pieceSize: pieceSize)) { _, target in
            Self.answer(target)
        }
        let (result, output) = try await run(fake, "printf 'out\\nmore'; printf 'err\\n' >&2; exit 3")
        #expect(result.exitStatus == 3)
        #expect(output == [.standardOutput: "out\nmore", .standardError: "err\n"])
    }

    @Test(arguments: steps)
    func `a 500 at any step ends the phase there, with the engine's words`(step: String) async throws {
        let fake = try FakeEngine { _, target in
            target.contains(step)
                ? FakeEngine.response(500, #"{"message":"broken at this step"}"#)
                : target.contains("/attach")
                    ? ["HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n"] : Self.answer(target)
        }
        let error = await #expect(throws: ContainerExecError.self) { try await run(fake, "true") }
        #expect(error?.message.contains("broken at this step") == true, "\(error?.message ?? "")")
        #expect(fake.requests.count == Self.steps.firstIndex(of: step).map { $0 + 1 })
    }

    @Test(arguments: steps)
    func `a full disk at any step is told as such`(step: String) async throws {
        guard step != "/_ping" else { return }
        let fake = try FakeEngine { _, target in
            target.contains(step)
                ? FakeEngine.response(500, #"{"message":"mkdir /x: no space left on device"}"#)
                : target.contains("/attach")
                    ? ["HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n"] : Self.answer(target)
        }
        let error = await #expect(throws: ContainerExecError.self) { try await run(fake, "true") }
        #expect(error?.code == .diskFull)
        #expect(error?.hint?.contains("prune") == true)
    }

    @Test(arguments: steps, [[], ["HTTP/1.1 200 OK\r\nContent-Le"], ["\u{1}\u{2}garbage\r\n\r\n"]] as [[String]])
    func `a connection that is dropped, cut or full of garbage ends the phase`(
        step: String,
        answer: [String]
    ) async throws {
        let fake = try FakeEngine { _, target in
            target.contains(step)
                ? answer
                : target.contains("/attach")
                    ? ["HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n"] : Self.answer(target)
        }
        let error = await #expect(throws: ContainerExecError.self) { try await run(fake, "true") }
        #expect(error?.code == (step == "/_ping" ? .engineUnavailable : .engineFailed), "\(error?.message ?? "")")
    }

    @Test(arguments: [0, 1, 7, 8, 9, 20])
    func `a stream that is cut is a failure and never a success`(bytes: Int) async throws {
        let fake = try FakeEngine(attachment: FakeAttachment(cutAfter: max(1, bytes))) { _, target in
            Self.answer(target)
        }
        let error = await #expect(throws: ContainerExecError.self) { try await run(fake, "echo 0123456789") }
        #expect(error?.code == .streamCut, "\(error?.message ?? "")")
    }

    @Test func `bytes that are no frames are a failure`() async throws {
        let fake = try FakeEngine(attachment: FakeAttachment(prologue: Array("<html>no".utf8))) { _, target in
            Self.answer(target)
        }
        let error = await #expect(throws: ContainerExecError.self) { try await run(fake, "true") }
        #expect(error?.message.contains("unknown kind") == true, "\(error?.message ?? "")")
    }

    @Test func `a pull that stalls ends at once when it is cancelled`() async throws {
        let isOver = Atomic(false)
        let fake = try FakeEngine { _, _ in
            // The answer comes when the test lets it.
            for _ in 0..<600 where !isOver.load(ordering: .acquiring) { usleep(50_000) }
            return []
        }
        defer { isOver.store(true, ordering: .releasing) }
        let engine = try fake.engine()
        let error = await #expect(throws: ContainerExecError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.pull("img") }
                try await Task.sleep(for: .milliseconds(200))
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        // Without the cancellation the connection would end in half a minute, which is another error.
        #expect(error?.code == .cancelled)
    }
}
