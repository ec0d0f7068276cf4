import Testing
import YAMLSource

@Suite struct ScalarTypeTests {
    private func type(_ yaml: String) -> YAMLScalarType? {
        YAMLDocument.read(SourceText(path: "x", text: "k: " + yaml)).root?["k"]?.scalarType
    }

    @Test(
        arguments: [
            ("a", .text), ("'1'", .text), ("\"true\"", .text), ("~", .null), ("", .null), ("null", .null),
            ("yes", .boolean), ("Off", .boolean), ("y", .boolean), ("true", .boolean), ("tRue", .text),
            ("1", .integer), ("-1", .integer), ("+1", .integer), ("1_000", .integer), ("0x1F", .integer),
            ("0o17", .integer), ("017", .integer), ("0b11", .integer), ("089", .number), ("0xG", .text), ("0b2", .text),
            ("1.5", .number), (".5", .number), ("5.", .number), ("1e3", .number), ("1e", .text), ("1e+3", .number),
            (".inf", .number), ("-.inf", .number), (".nan", .number), ("-.nan", .text), ("+", .text),
            (".", .text), ("1.2.3", .text), ("8080:80", .text), ("2024-01-01", .text), ("!!str 1", .text),
            ("!!int 1", .integer), ("99999999999999999999", .number), ("[a]", nil), ("{a: b}", nil), ("1_", .integer),
        ] as [(String, YAMLScalarType?)]
    )
    func `a scalar has the type that Okteto's library gives it`(yaml: String, expected: YAMLScalarType?) {
        #expect(type(yaml) == expected)
    }
}
