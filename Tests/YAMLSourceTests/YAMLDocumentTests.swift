import Testing
import YAMLSource

@Suite struct YAMLDocumentTests {
    private func root(_ text: String) throws -> YAMLNode {
        let document = YAMLDocument.read(SourceText(path: "config", text: text))
        #expect(document.diagnostics.isEmpty)
        return try #require(document.root)
    }

    @Test func `a key leads to its value`() throws {
        let node = try root("a:\n  b: x\n  c: [1, 2]\n")
        #expect(node["a"]?["b"]?.text == "x")
        #expect(node["a"]?["c"]?.items?.map(\.text) == ["1", "2"])
    }

    @Test func `what is not there is nil`() throws {
        let node = try root("a: x\nb:\nc: ~\nd: ''\n")
        #expect(node["z"] == nil)
        #expect(node["a"]?["b"] == nil)
        #expect(node["a"]?.items == nil)
        #expect(node["b"]?.text == nil)
        #expect(node["c"]?.text == nil)
        #expect(node["d"]?.text == "")
        #expect(node.text == nil)
    }

    @Test func `JSON is YAML`() throws {
        let node = try root(#"{"a": {"b": ["c", true]}, "d": "\u00e9"}"#)
        #expect(node["a"]?["b"]?.items?.first?.text == "c")
        #expect(node["a"]?["b"]?.items?.last?.boolean == true)
        #expect(node["d"]?.text == "é")
    }

    @Test func `a text that is no YAML has a finding and no value`() {
        let document = YAMLDocument.read(SourceText(path: "config", text: "a: [b"))
        #expect(document.root == nil)
        #expect(document.diagnostics.hasErrors)
    }

    @Test(arguments: ["", "# nothing\n", "---\n"])
    func `a text without a value has no error`(text: String) {
        let document = YAMLDocument.read(SourceText(path: "config", text: text))
        #expect(document.diagnostics.isEmpty)
        #expect(document.root?.isNull ?? true)
    }
}
