import Synchronization
import Testing

@testable import ContainerExec

/// What the fences in a phase's output tell.
struct PhaseOutputTests {
    private let output = PhaseOutput(nonce: "N") { _, _ in }

    private func marks(_ stream: OutputStream, _ words: String...) -> [OutputMark] {
        let bytes = Array(words.map { "\u{1E}N \($0)\n" }.joined().utf8)
        var marks: [OutputMark] = []
        output.consume(stream, bytes.span.bytes) { marks.append($0) }
        return marks
    }

    private func ended(_ status: Int32, goesOn: Bool = false) -> OutputMark {
        .finished(status: status, environmentFile: nil, goesOn: goesOn)
    }

    @Test func `a command has ended when both streams have its status`() {
        #expect(marks(.standardOutput, "3") == [])
        #expect(marks(.standardError, "3") == [ended(3)])
    }

    @Test func `a job that is gone without a status has lost it`() {
        #expect(marks(.standardOutput, "X7") == [.lost(7)])
    }

    @Test func `that a job is gone is told after the status that it wrote, though the other stream is late`() {
        #expect(marks(.standardOutput, "0", "X7") == [])
        #expect(marks(.standardError, "0") == [ended(0), .lost(7)])
    }

    @Test func `what follows a command's status on one stream waits until the other has it too`() {
        #expect(marks(.standardOutput, "S", "0M", "S", "0M", "S", "4") == [.started])
        #expect(marks(.standardError, "0M") == [ended(0, goesOn: true), .started])
        #expect(marks(.standardError, "0M", "4") == [ended(0, goesOn: true), .started, ended(4)])
    }

    @Test func `the output of two commands keeps its place about the end of the first, however the streams run ahead`() {
        let shown = Mutex("")
        let output = PhaseOutput(nonce: "N") { _, bytes in
            let text = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            shown.withLock { $0 += text }
        }
        let tell = { (mark: OutputMark) in
            if case .finished(_, _, let goesOn) = mark { shown.withLock { $0 += goesOn ? "|" : "." } }
        }
        let pieces: [(OutputStream, String)] = [
            (.standardOutput, "a\u{1E}N 0M\nb\u{1E}N 0"), (.standardError, "A"), (.standardOutput, "\nc"),
            (.standardError, "\u{1E}N 0M\nB\u{1E}N 0\n"),
        ]
        for (stream, text) in pieces { output.consume(stream, Array(text.utf8).span.bytes, tell) }
        output.finish()
        #expect(shown.withLock { $0 } == "aA|bB.c")
    }

    @Test func `what waited for a status that never came is shown in the end`() {
        let shown = Mutex("")
        let output = PhaseOutput(nonce: "N") { _, bytes in
            let text = bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            shown.withLock { $0 += text }
        }
        output.consume(.standardOutput, Array("a\u{1E}N 0M\nb".utf8).span.bytes) { _ in }
        output.finish()
        #expect(shown.withLock { $0 } == "ab")
    }
}
