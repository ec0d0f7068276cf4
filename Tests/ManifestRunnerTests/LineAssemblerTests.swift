import Testing

@testable import ManifestRunner

@Suite struct LineAssemblerTests {
    private func lines(_ pieces: [String]) -> [String] {
        var assembler = LineAssembler()
        var result: [String] = []
        for piece in pieces {
            let bytes = Array(piece.utf8)
            assembler.consume(bytes.span.bytes) { result.append(String(decoding: $0, as: UTF8.self)) }
        }
        assembler.finish { result.append(String(decoding: $0, as: UTF8.self)) }
        return result
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
        #expect(lines(["a", long, "\nb"]).map(\.count) == [LineAssembler.maximumLineBytes, 6, 1])
    }

    @Test func `a carriage return and its newline may come in two pieces`() {
        #expect(lines(["a\r", "\nb\r", "c\n"]) == ["a", "b\rc"])
    }
}
