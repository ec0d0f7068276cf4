import Testing

@testable import ManifestRunner

@Suite struct StyledLineReaderTests {
    private func read(_ text: String) -> [StyledRun] {
        var line = StyledLineReader()
        let bytes = Array(text.utf8)
        return line.read(bytes[...]) ?? [StyledRun(bytes: bytes[...], style: TextStyle())]
    }

    private func text(_ text: String) -> String { read(text).map(\.text).joined() }

    @Test func `styles are taken from the sequences that set them`() {
        let red = TextStyle(foreground: 1)
        let bold = TextStyle(foreground: 1, isBold: true)
        #expect(
            read("a\u{1B}[31mb\u{1B}[1mc\u{1B}[md") == [
                StyledRun(text: "a", style: TextStyle()), StyledRun(text: "b", style: red),
                StyledRun(text: "c", style: bold), StyledRun(text: "d", style: TextStyle()),
            ]
        )
    }

    @Test(arguments: [
        ("97", TextStyle(foreground: 15)), ("104", TextStyle(background: 12)), ("38;5;208", TextStyle(foreground: 208)),
        ("48;2;255;0;0", TextStyle(background: 196)), ("38:2:0:0:0", TextStyle(foreground: 16)),
        ("38;2;255;255;255", TextStyle(foreground: 231)), ("38;5;300", TextStyle()), ("38;2;1", TextStyle()),
        ("38;9", TextStyle()),
        ("2;3;4;7;9", TextStyle(isFaint: true, isItalic: true, isUnderlined: true, isInverse: true, isStruck: true)),
        ("1;2;3;4;7;9;22;23;24;27;29", TextStyle()), ("31;41;39;49", TextStyle()), ("1;0", TextStyle()),
        ("5;999", TextStyle()),
        ("32;", TextStyle()),
    ])
    func `every parameter does its own`(parameters: String, style: TextStyle) {
        #expect(read("\u{1B}[\(parameters)mx") == [StyledRun(text: "x", style: style)])
    }

    @Test func `a style lasts into the next line`() {
        var line = StyledLineReader()
        _ = line.read(Array("\u{1B}[32mgreen".utf8)[...])
        #expect(line.read(Array("still".utf8)[...]) == [StyledRun(text: "still", style: TextStyle(foreground: 2))])
    }

    @Test(arguments: [
        ("10%\r50%\r100%", "100%"), ("text\r", "text"), ("N\u{8}NA\u{8}A", "NA"), ("\u{8}x", "x"),
        ("a\u{1B}[2Kb\u{1B}[10;20Hc", "abc"), ("\u{1B}]0;title\u{7}text", "text"),
        ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("\u{1B}]no end", "no end"),
        ("\u{1B}Pq#1\u{1B}\\after", "after"), ("\u{1B}(Bx", "x"), ("\u{1B}cx", "x"), ("end\u{1B}", "end"),
        ("cut\u{1B}[31", "cut"), ("\u{1B}[31\u{7}x", "\u{7}x"), ("\u{1B}[ mx", "x"), ("", ""),
        ("\u{1B}[\(String(repeating: "1;", count: 60))mx", "x"),
    ])
    func `other sequences are left out, and lines are as a terminal shows them`(given: String, shown: String) {
        #expect(text(given) == shown)
    }

    @Test func `a backspace leaves what is before in its style`() {
        let red = TextStyle(foreground: 1)
        #expect(
            read("\u{1B}[31mabc\u{1B}[m\u{8}d") == [
                StyledRun(text: "ab", style: red), StyledRun(text: "d", style: TextStyle()),
            ]
        )
        #expect(
            read("x\u{1B}[31mé\u{1B}[m\u{8}y") == [
                StyledRun(text: "x", style: TextStyle()), StyledRun(text: "y", style: TextStyle()),
            ]
        )
        #expect(read("\u{1B}[31ma\u{8}\u{8}\u{8}").isEmpty)
        #expect(text("日é🙂\u{8}\u{8}x") == "日x")
    }

    @Test func `many backspaces in a long line take back one character each`() {
        let line = String(repeating: "é", count: 100_000) + String(repeating: "\u{1B}[m\u{8}", count: 50_000)
        #expect(read(line) == [StyledRun(text: String(repeating: "é", count: 50_000), style: TextStyle())])
    }

    @Test func `bytes that are no text become a replacement character`() {
        var line = StyledLineReader()
        #expect(line.read([0x61, 0xFF, 0x62, 0x1B][...])?.map(\.text) == ["a\u{FFFD}b"])
    }
}
