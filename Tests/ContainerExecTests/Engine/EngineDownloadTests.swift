import Synchronization
import Testing

@testable import ContainerExec

@Suite("A download from an engine that fails")
struct EngineDownloadTests {
    private let scratch: ScratchFolder
    private let whole: String

    init() throws {
        scratch = try ScratchFolder()
        var tar = TarBytes()
        tar.folder("d/")
        tar.file("d/a", String(repeating: "x", count: 3_000))
        whole = String(decoding: tar.finished, as: UTF8.self)
    }

    private func download(_ pieces: [String]) async throws -> ExtractionSummary? {
        let engine = try FakeEngine { _, target in target.contains("/archive?path=%2Fokteto%2Fsrc%2Fd") ? pieces : nil }
        return try await engine.engine().download(
            "/okteto/src/d",
            from: ContainerID("abc"),
            into: ExtractionTarget(folder: scratch.path, path: "out")
        )
    }

    private func chunked(_ text: String, isFinished: Bool = true) -> [String] {
        ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
            + stride(from: 0, to: text.utf8.count, by: 700).flatMap { start in
                let part = text.utf8.dropFirst(start).prefix(700)
                return ["\(String(part.count, radix: 16));x=y\r\n", String(decoding: part, as: UTF8.self) + "\r\n"]
            } + (isFinished ? ["0\r\n\r\n"] : [])
    }

    @Test func `every framing of the body is read`() async throws {
        let sized = ["HTTP/1.1 200 OK\r\nContent-Length: \(whole.utf8.count)\r\n\r\n", whole]
        let endless = ["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", whole]
        for pieces in [chunked(whole), sized, endless] { #expect(try await download(pieces)?.files == 1) }
    }

    @Test func `a body that is cut is an error in every framing`() async throws {
        let half = String(decoding: whole.utf8.prefix(2_000), as: UTF8.self)
        let unmarked = String(decoding: whole.utf8.dropLast(1_024), as: UTF8.self)
        for pieces in [
            chunked(half, isFinished: false), chunked(half), chunked(whole, isFinished: false), chunked(unmarked),
            ["HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", whole], ["HTTP/1.1 200 OK\r\n\r\n", half],
            ["HTTP/1.1 200 OK\r\n\r\n", unmarked],
            ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "nonsense\r\n"],
        ] {
            let error = await #expect(throws: ContainerExecError.self, "\(pieces[0])") { try await download(pieces) }
            #expect(error?.code == .io, "\(error?.message ?? "")")
        }
    }

    @Test func `an engine's words come through, and only a missing path is nothing`() async throws {
        #expect(try await download(FakeEngine.response(404, #"{"message":"Could not find the file /x"}"#)) == nil)
        for (status, text, code) in [
            (404, "No such container: abc", ContainerExecError.Code.engineFailed),
            (500, "no space left on device", .diskFull),
        ] {
            let pieces = FakeEngine.response(status, #"{"message":"\#(text)"}"#)
            let error = await #expect(throws: ContainerExecError.self) { try await download(pieces) }
            #expect(error?.message.contains(text) == true)
            #expect(error?.code == code)
        }
    }

    @Test func `a download goes on when its task is cancelled, for a while`() async throws {
        let pieces = chunked(whole)
        let engine = try FakeEngine { _, _ in pieces }
        let target = try ExtractionTarget(folder: scratch.path, path: "out")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await engine.engine().download("/d", from: ContainerID("abc"), into: target)
        }
        #expect(try await task.value?.files == 1)
    }
}
