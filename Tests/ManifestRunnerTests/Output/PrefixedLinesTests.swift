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
            ("a\u{0B}b\u{0C}c\n", "a | abc\n"),
            ("half \u{1B}[3\n", "a | half \n"),
            ("x\u{8}\u{8}\u{8}\u{8}\u{8}b | \u{0}\u{7}\u{0E}\u{0F}\u{18}\u{1A}\u{7F}\n", "a | xb | \n"),
            ("a\tb é日🙂\u{A0}\u{E9}\n", "a | a\tb é日🙂\u{A0}\u{E9}\n"),
            ("a\u{80}\u{85}\u{8D}\u{9B}2Jb\u{9F}\n", "a | a2Jb\n"),
            ("\u{1B}[>4;2m\u{1B}[?4m\u{1B}[1 m\u{1B}[!mx\u{1B}[>0Ky\n", "a | xy\n"),
            ("\u{1B}[3\u{8}1mx\n", "a | 1mx\n"),
            ("\u{1B}[\u{1B}[31mx\n", "a | \u{1B}[31mx\u{1B}[0m\n"),
            ("\u{1B}\u{8}x\u{1B}éy\u{1B}$(Bz\n", "a | xéyz\n"),
            ("\u{1B}[1mx\ry\n", "a | \u{1B}[1mx\u{1B}[0m\ra | \u{1B}[1my\u{1B}[0m\n"),
            ("\u{1B}[38:5:9mx\u{1B}[\n", "a | \u{1B}[38:5:9mx\u{1B}[0m\n"),
            ("\u{1B}[31mx\u{1B}]0;no end\n", "a | \u{1B}[31mx\u{1B}[0m\n"),
            ("\u{1B}[31mx\u{1B}\n", "a | \u{1B}[31mx\u{1B}[0m\n"),
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

    @Test func `colours beyond those that are kept end with their line too`() {
        let long = "\u{1B}[" + String(repeating: "1;", count: 200) + "1m"
        #expect(lines([long + "x\nplain\n"], isTerminal: true) == ["a | " + long + "x\u{1B}[0m\na | plain\n"])
    }

    @Test func `colours that begin anew take the place of those before`() {
        let many = (0..<100).map { "\u{1B}[0;3\($0 % 8)m." }.joined()
        let result = lines([many + "\nx\u{1B}[0;0m\ny\n"], isTerminal: true)
        #expect(result.first?.hasSuffix("\na | \u{1B}[0;33mx\u{1B}[0;0m\na | y\n") == true)
    }

    @Test func `a beginning that is given out ends its colours, since others may print next`() {
        let result = lines(["\u{1B}[31mname? ", nil, "bob\n"], isTerminal: true)
        #expect(
            result == ["", "a | \u{1B}[31mname? \u{1B}[0m", "a | \u{1B}[31mbob\u{1B}[0m\n"]
        )
    }

    @Test func `bytes that are no text are no control characters either`() {
        for bytes: [UInt8] in [
            [0x9B], [0xC0, 0x9B], [0xC1, 0x80], [0xE0, 0x82, 0x9B], [0xF0, 0x80, 0x82, 0x9B], [0xE9, 0x9B],
            [0xC2, 0x9B],
        ] {
            var lines = PrefixedLines(prefix: "", isTerminal: true)
            var result: [UInt8] = []
            (bytes + Array("2J\n".utf8)).withUnsafeBytes { lines.consume($0, into: &result) }
            #expect(result.allSatisfy { !(0x80..<0xA0).contains($0) } && result.suffix(3) == Array("2J\n".utf8))
        }
        var lines = PrefixedLines(prefix: "", isTerminal: true)
        var result: [UInt8] = []
        // Latin-1, which is no control character, stays.
        [0x63, 0xE9, 0x62, 0xE9, 0x0A].withUnsafeBytes { lines.consume($0, into: &result) }
        #expect(result == [0x63, 0xE9, 0x62, 0xE9, 0x0A])
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
