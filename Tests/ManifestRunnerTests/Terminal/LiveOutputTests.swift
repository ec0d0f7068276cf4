import Testing

@testable import ManifestRunner

/// What an ``OutputWriter`` writes while rows stand below the output.
@Suite struct LiveOutputTests {
    private func write(_ text: String, to target: OutputWriter.Target = .standardOutput, _ writer: OutputWriter) {
        writer.write(Array(text.utf8).span.bytes, to: target)
    }

    /// The text without the marks around each change of the screen.
    private func bare(_ text: String) -> String {
        text.replacing("\u{1B}[?2026h", with: "").replacing("\u{1B}[?2026l", with: "")
    }

    @Test func `rows make way for the output and stand below it again`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        files.writer.show([LiveRow("row")])
        write("text\n", files.writer)
        files.writer.show([])
        #expect(bare(files.output) == "row\r\u{1B}[Jtext\nrow\r\u{1B}[J")
    }

    @Test func `the line that has no end stays above them and goes on`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        files.writer.show([LiveRow("row")])
        write("name? ", files.writer)
        write("bob\n", files.writer)
        #expect(
            bare(files.output)
                == "row\r\u{1B}[Jname? \r\nrow\r\u{1B}[J\u{1B}[1A\u{1B}[6Cbob\nrow"
        )
    }

    @Test func `a program that draws a screen has it for itself until okteto-run says something`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        files.writer.show([LiveRow("row")])
        write("\u{1B}[?1049h\u{1B}[H", files.writer)
        write("whole\nscreen\n", files.writer)
        files.writer.show([LiveRow("other")])
        write("\u{1B}[?1049l", files.writer)
        files.writer.writeLines("said\n", to: .standardError)
        #expect(
            bare(files.output)
                == "row\r\u{1B}[J\u{1B}[?1049h\u{1B}[Hwhole\nscreen\n\u{1B}[?1049l\nsaid\nother"
        )
    }

    @Test func `without a common screen standard output is nobody's business`() throws {
        let files = try WrittenFiles()
        files.writer.show([LiveRow("row")])
        write("text", files.writer)
        write("oops\n", to: .standardError, files.writer)
        #expect(files.output == "text")
        #expect(bare(files.errors) == "row\r\u{1B}[Joops\nrow")
    }

    @Test func `rows are not drawn behind a line that was begun before there were any`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        write("begun", files.writer)
        files.writer.show([LiveRow("row")])
        #expect(files.output == "begun")
        write(" ended\n", files.writer)
        #expect(bare(files.output) == "begun ended\nrow")
    }

    @Test func `a large piece is written as it is, with the rows around it`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        files.writer.show([LiveRow("row")])
        let large = String(repeating: "x", count: 100_000) + "\n"
        write(large, files.writer)
        #expect(bare(files.output) == "row\r\u{1B}[J" + large + "row")
    }

    @Test func `the same rows are not drawn twice`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        files.writer.show([LiveRow("row")])
        files.writer.show([LiveRow("row")])
        #expect(bare(files.output) == "row")
    }
}
