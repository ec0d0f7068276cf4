import Testing

@testable import CredentialInjector

struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }

    private func refusal(_ text: String) -> JSONReaderError? {
        #expect(throws: JSONReaderError.self) { try read(text) }
    }

    @Test func `all kinds of values are read, and members keep their order`() throws {
        let value = try read(#" {"b": [1, -0.5e+3, 0], "a": {"t": true, "f": false, "n": null}, "e": [], "o": {}} "#)
        #expect(value.members?.map(\.name) == ["b", "a", "e", "o"])
        #expect(value["b"] == .array([.number("1"), .number("-0.5e+3"), .number("0")]))
        #expect(value["a"]?["t"] == .bool(true))
        #expect(value["a"]?["f"] == .bool(false))
        #expect(value["a"]?["n"] == .null)
        #expect(value["b"]?["x"] == nil)
        #expect(value["missing"] == nil)
    }

    @Test func `escapes are decoded`() throws {
        #expect(try read(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#).string == "\"\\/\u{8}\u{C}\n\r\té😀")
    }

    @Test(arguments: [
        "", "{", "[1", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "[1,]", "{a:1}", "01", "1.", "-", "1e", "+1", "nul", "'a'",
        #""a"#, #""\x""#, #""\u12""#, #""\u+123""#, #""\ud800""#, #""\ud800x""#, "\"\u{1}\"", "1 2", "// c\n1", "\"\\",
    ])
    func `what is not JSON is refused`(_ text: String) {
        _ = refusal(text)
    }

    @Test func `a name that is there twice is refused, with its line`() {
        let error = refusal("{\n\"StringEquals\": {},\n\"StringEquals\": {}}")
        #expect(error?.line == 3)
        #expect(error?.reason.contains("StringEquals") == true)
    }

    @Test func `bounds are kept`() {
        #expect(refusal(String(repeating: "[", count: 100_000))?.reason.contains("deep") == true)
        #expect(refusal(String(repeating: " ", count: JSONReader.maximumBytes + 1))?.reason.contains("bytes") == true)
        #expect(throws: JSONReaderError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }

    @Test func `scalars are texts to a policy, and nothing else is`() throws {
        #expect(try read(#"["a", 1, true, false]"#).scalarTexts == ["a", "1", "true", "false"])
        #expect(try read("7").scalarTexts == ["7"])
        for text in ["null", "{}", "[[]]", "[null]"] { #expect(try read(text).scalarTexts == nil) }
    }

    @Test func `a written value is read as the same`() throws {
        let value = try read(#"{"a": ["\u0001\u007f\"\\é", 1.50, true, null, [], {}], "b": false}"#)
        #expect(try read(value.text) == value)
        #expect(value.text.contains(#""\u0001\u007f\"\\é""#))
    }
}
