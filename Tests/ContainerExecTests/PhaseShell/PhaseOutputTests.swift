import Testing

@testable import ContainerExec

/// What the fences in a phase's output tell.
struct PhaseOutputTests {
    private let output = PhaseOutput(nonce: "N") { _, _ in }

    private func marks(_ stream: OutputStream, _ words: String...) -> OutputMarks {
        let bytes = Array(words.map { "\u{1E}N \($0)\n" }.joined().utf8)
        return output.consume(stream, bytes.span.bytes)
    }

    @Test func `a command has ended when both streams have its status`() {
        #expect(marks(.standardOutput, "3").result == nil)
        #expect(marks(.standardError, "3").result?.status == 3)
    }

    @Test func `a job that is gone without a status has lost it`() {
        #expect(marks(.standardOutput, "X7").lost == 7)
    }

    @Test func `a job that wrote its status and is gone has not lost it, though the other stream is late`() {
        let early = marks(.standardOutput, "0", "X7")
        #expect(early.lost == nil && early.result == nil)
        #expect(marks(.standardError, "0").result?.status == 0)
    }
}
