import Testing

@testable import ManifestRunner

@Suite struct LineAssemblerTests {
    private func lines(_ pieces: [String]) -> [String] {
        var assembler = LineAssembler()
        var result: [String] = []
        for piece in pieces {
            let bytes = Array(piece.utf8)
            result += assembler.consume(bytes.span.bytes)
        }
        return result + [assembler.finish()].compactMap { $0 }
    }

    @Test func `lines are cut wherever the pieces are`() {
        #expect(lines(["a", "b\nc", "\n\nd"]) == ["ab", "c", "", "d"])
    }

    @Test func `a carriage return before the newline goes with it`() {
        #expect(lines(["a\r\nb"]) == ["a", "b"])
    }

    @Test func `a line without end is given out in pieces`() {
        let long = String(repeating: "x", count: LineAssembler.maximumLineBytes + 5)
        #expect(lines([long]).map(\.count) == [LineAssembler.maximumLineBytes, 5])
    }
}
