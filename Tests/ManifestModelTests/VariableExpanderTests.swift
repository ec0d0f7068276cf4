import ManifestModel
import ProcessEnvironment
import Testing

@Suite struct VariableExpanderTests {
    private let expander = VariableExpander(["SET": "value", "EMPTY": "", "OTHER": "o", "1": "one"])

    @Test(arguments: [
        ("plain", "plain"), ("$SET", "value"), ("${SET}", "value"), ("a${SET}b$OTHER", "avaluebo"), ("$UNSET", ""),
        ("${UNSET}", ""), ("${UNSET-d}", "d"), ("${EMPTY-d}", ""), ("${EMPTY:-d}", "d"), ("${UNSET:-d}", "d"),
        ("${SET:-d}", "value"), ("${UNSET=d}", "d"), ("${UNSET:=d}", "d"), ("${EMPTY=d}", ""), ("${SET+a}", "a"),
        ("${EMPTY+a}", "a"), ("${EMPTY:+a}", "a"), ("${UNSET+a}", ""), ("${UNSET:-$OTHER}", "o"),
        ("${SET:?err}", "value"),
        ("${UNSET:-}", ""), ("$$", "$"), ("$$SET", "$SET"), ("$(SET)", "$(SET)"), ("$", "$"), ("a$", "a$"),
        ("$1", "one"),
        ("$_", "$_"), ("${UNSET:-a b:c/d}", "a b:c/d"), ("$SET-x", "value-x"), ("é$SET", "évalue"), ("$SETé", ""),
    ])
    func `a text is expanded as by Okteto`(text: String, expected: String) throws {
        #expect(try expander.expand(text) == expected)
    }

    @Test(arguments: ["${SET", "${", "${SET\n}", "a ${SET:-x"])
    func `a brace that is not closed on its line is an error`(text: String) {
        let error = #expect(throws: ManifestModelError.self) { try expander.expand(text) }
        #expect(error?.code == .expansion)
    }

    @Test func `the other flavour keeps a text of which nothing is left`() throws {
        #expect(try expander.expandIfNotEmpty("${UNSET}") == "${UNSET}")
        #expect(try expander.expandIfNotEmpty("${UNSET}x") == "x")
        #expect(try expander.expandIfNotEmpty("$SET") == "value")
    }

    @Test func `a result without bound is an error`() {
        let long = VariableExpander(lookUp: { _ in String(repeating: "x", count: 16 << 20) })
        let error = #expect(throws: ManifestModelError.self) {
            try long.expand("$A$A")
        }
        #expect(error?.code == .expansion)
    }
}
