import Testing

@testable import ManifestRunner

@Suite struct ScreenLineTests {
    private func column(_ pieces: String...) -> Int? {
        var line = ScreenLine()
        for piece in pieces { Array(piece.utf8).withUnsafeBytes { line.advance($0) } }
        return line.column
    }

    @Test func `the column is where the output ends`() {
        #expect(column() == 0)
        #expect(column("one\ntwo") == 3)
        #expect(column("one\n", "tw", "o") == 3)
        #expect(column("one\n") == 0)
        #expect(column("日本") == 4)
        #expect(column("a\tb") == 9)
        #expect(column("100%\r5%") == 2)
        #expect(column("\u{1B}[31mred\u{1B}[0m") == 3)
    }

    @Test(
        arguments: [
            "\u{1B}[2J", "up \u{1B}[1A", "\u{1B}[?1049h", "\u{1B}7", "\u{1B}c", "bell\u{08}", "\u{1B}[3", "\u{1B}",
            "\u{1B}]0;title",
        ]
    )
    func `after what moves the cursor it is not known`(text: String) {
        #expect(column(text) == nil)
    }

    @Test func `a program that moved the cursor may have done anything, newlines do not help`() {
        #expect(column("\u{1B}[5;5H", "text\n") == nil)
        #expect(column("\u{1B}[", "5A", "text\n") == nil)
    }

    @Test func `colours, titles and links are no harm, however they are cut`() {
        #expect(column("\u{1B}]0;a title\u{07}x\n", "\u{1B}[3", "2mok\u{1B}[0", "m\n") == 0)
        #expect(column("\u{1B}]8;;http://x\u{1B}", "\\link\n") == 0)
        #expect(column("\u{1B}(B\n") == 0)
    }

    @Test func `half a character is waited for`() {
        var line = ScreenLine()
        let bytes = Array("é".utf8)
        [bytes[0]].withUnsafeBytes { line.advance($0) }
        #expect(line.column == nil)
        [bytes[1]].withUnsafeBytes { line.advance($0) }
        #expect(line.column == 1)
    }

    @Test func `a very long line is not measured, and the next one is`() {
        #expect(column(String(repeating: "x", count: 5_000)) == nil)
        #expect(column(String(repeating: "x", count: 4_000), String(repeating: "x", count: 1_000)) == nil)
        #expect(column(String(repeating: "x", count: 5_000), "\nab") == 2)
    }
}
