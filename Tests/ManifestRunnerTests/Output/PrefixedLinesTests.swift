import Testing

@testable import ManifestRunner

@Suite struct PrefixedLinesTests {
    /// What becomes of pieces; nil stands for a pause, in which the beginning of a line is given out.
    private func lines(_ pieces: [String?], isTerminal: Bool = false) -> [String] {
        var lines = PrefixedLines(prefix: "a | ", isTerminal: isTerminal)
        return pieces.map { piece in
            var result: [UInt8] = []
            if let piece {
                let bytes = Array(piece.utf8)
                bytes.withUnsafeBytes { lines.consume($0, into: &result) }
            } else {
                lines.giveUnfinished(into: &result)
            }
            return String(decoding: result, as: UTF8.self)
        }
    }

    @Test func `each line has the prefix, and an unfinished one waits for its end`() {
        #expect(lines(["one\ntwo\nthr", "ee\n\n"]) == ["a | one\na | two\n", "a | three\na | \n"])
    }

    @Test func `what follows a beginning that was given out is a line's rest`() {
        #expect(lines(["name? ", nil, "bob\n", nil]) == ["", "a | name? ", "a | bob\n", ""])
    }

    @Test func `a line without end is given out in pieces, and none of it is lost`() {
        let text = String(repeating: "x", count: PrefixedLines.maximumLineBytes + 1)
        let result = lines([text, "y\nz\n"])
        #expect(result == ["a | " + text, "a | y\na | z\n"])
    }

    @Test func `half a character waits on a terminal`() {
        let e = Array("é".utf8)
        var lines = PrefixedLines(prefix: "", isTerminal: true)
        var result: [UInt8] = []
        [0x61, e[0]].withUnsafeBytes { lines.consume($0, into: &result) }
        lines.giveUnfinished(into: &result)
        #expect(result == [0x61])
        [e[1]].withUnsafeBytes { lines.consume($0, into: &result) }
        lines.giveUnfinished(into: &result)
        #expect(result == [0x61] + e)
    }

    @Test func `a file gets carriage returns, colours and all else as they are`() {
        let text = "10%\r20%\u{1B}[2K\u{1B}[1A\u{1B}[31mred\n"
        #expect(lines([text]) == ["a | " + text])
    }

    @Test(
        arguments: [
            ("10%\r20%\n", "a | 10%\ra | 20%\n"),
            ("dos\r\n", "a | dos\r\n"),
            ("\u{1B}[2K\rnew\n", "a | \ra | \u{1B}[K\ra | new\n"),
            ("\u{1B}[Kx\u{1B}[0Ky\n", "a | \u{1B}[Kx\u{1B}[0Ky\n"),
            ("up\u{1B}[1A and \u{1B}[?25lhidden\u{1B}c\u{1B}(B\n", "a | up and hidden\n"),
            ("\u{1B}]0;title\u{07}a\u{1B}]8;;x\u{1B}\\b\n", "a | ab\n"),
            ("a\u{0B}b\u{0C}c\n", "a | a\u{0B}b\u{0C}c\n"),
            ("half \u{1B}[3\n", "a | half \n"),
        ]
    )
    func `on a terminal nothing is written over the prefix or another line`(text: String, shown: String) {
        #expect(lines([text], isTerminal: true) == [shown])
    }

    @Test func `colours end with the line and go on in the next`() {
        let result = lines(["\u{1B}[31mred\nstill\u{1B}[0m\nplain\n"], isTerminal: true)
        #expect(
            result == ["a | \u{1B}[31mred\u{1B}[0m\na | \u{1B}[31mstill\u{1B}[0m\na | plain\n"]
        )
    }

    @Test func `half a sequence waits, as does a carriage return that may end the line`() {
        let result = lines(["5%\r", nil, "9%\u{1B}[3", nil, "1mred\n"], isTerminal: true)
        #expect(result == ["", "a | 5%", "", "a | \ra | 9%", "a | \u{1B}[31mred\u{1B}[0m\n"])
    }

    @Test func `a sequence that never ends does not hold a line for ever`() {
        let text = "\u{1B}]" + String(repeating: "x", count: PrefixedLines.maximumLineBytes)
        #expect(lines([text, "end\n"], isTerminal: true).last == "a | end\n")
    }
}
