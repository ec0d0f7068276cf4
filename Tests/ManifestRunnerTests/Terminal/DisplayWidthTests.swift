import Testing

@testable import ManifestRunner

@Suite struct DisplayWidthTests {
    @Test(
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
            ("🚀", 2), ("✓", 1), ("ｱ", 1), ("Ａ", 2), ("𠀀", 2), ("…·─", 3), ("❤\u{FE0F}", 1), ("a\u{200D}b", 2),
        ]
    )
    func `columns are counted as a terminal does`(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test func `a text that does not fit is cut, and never in the middle of a character`() {
        #expect(DisplayWidth.fitted("abc", to: 3) == "abc")
        #expect(DisplayWidth.fitted("abcd", to: 3) == "ab…")
        #expect(DisplayWidth.fitted("日本語", to: 4) == "日…")
        #expect(DisplayWidth.fitted("日本語", to: 5) == "日本…")
        #expect(DisplayWidth.fitted("e\u{301}abc", to: 2) == "e\u{301}…")
        #expect(DisplayWidth.fitted("abc", to: 0).isEmpty)
        #expect(DisplayWidth.fitted("日本語", to: 1) == "…")
    }

    @Test func `padding counts columns`() {
        #expect(DisplayWidth.padded("日", to: 4) == "日  ")
        #expect(DisplayWidth.padded("abc", to: 2) == "abc")
    }
}
