import Testing
import YAMLSource

/// What is wrong with a text, where, and what to do about it.
@Suite struct YAMLFindingTests {
    private func findings(_ text: String) -> [Diagnostic] {
        YAMLDocument.read(SourceText(path: "config", text: text)).diagnostics
    }

    @Test(arguments: [
        ("a: b: c\n", "put the value in quotes"), ("a:\n\t- b\n", "never with tabs"),
        ("a: @b\n", "put a text that begins"),
        ("- a\n b\n- [c\n", "close the bracket"), ("a: 'b\n", "a quote is not closed"),
        ("a: !x!y z\n", "in single quotes"), ("a: \"\\q\"\n", "in single quotes"),
        ("a: 1\nb\nc: d\n", "a key ends with ': '"),
        ("- a\nb: c\n", "indented like its neighbours"),
    ])
    func `an error that people meet has an advice`(text: String, advice: String) {
        let found = findings(text)
        #expect(found.hasErrors)
        #expect(found.contains { $0.help?.contains(advice) == true }, "\(found.map(\.message)) \(found.map(\.help))")
    }

    @Test(arguments: ["a: \u{1}", "a: \u{7F}", "a: \u{FFFE}", "a: \u{81}"])
    func `a control character is refused where it stands`(text: String) {
        let found = findings("x: y\n" + text + "\n")
        #expect(found.first?.message.contains("is not allowed in YAML") == true, "\(found.map(\.message))")
        #expect(found.first?.mark.line == 2)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let document = YAMLDocument.read(SourceText(path: "config", bytes: [0x61, 0x3A, 0x20, 0xC3, 0x28]))
        #expect(document.diagnostics.hasErrors && document.root == nil)
    }

    @Test func `a tag without a meaning is a warning, and its value stays`() throws {
        let document = YAMLDocument.read(SourceText(path: "config", text: "a: !mine b\n"))
        #expect(document.root?["a"]?.text == "b")
        #expect(document.diagnostics.map(\.severity) == [.warning])
        #expect(document.diagnostics.first?.message.contains("!mine") == true)
    }

    @Test func `what a mapping says itself wins over what it merges, before and after`() throws {
        let text = "base: &b {x: 1, y: 2}\none:\n  <<: *b\n  x: own\ntwo:\n  y: own\n  <<: *b\n"
        let root = try #require(YAMLDocument.read(SourceText(path: "config", text: text)).root)
        #expect(root["one"]?["x"]?.text == "own" && root["one"]?["y"]?.text == "2")
        #expect(root["two"]?["y"]?.text == "own" && root["two"]?["x"]?.text == "1")
    }
}
