import ManifestModel
import Testing
import YAMLSource

@Suite struct DiagnosticTests {
    @Test func `a finding shows place, line, caret and help`() {
        #expect(
            findings("deploy:\n  comands:\n  - a\n") == """
                okteto.yml:2:3: error: 'comands' is not a key of 'deploy'
                  comands:
                  ^~~~~~~
                help: did you mean 'commands'?

                """
        )
    }

    @Test func `a duplicate key shows both places`() {
        #expect(
            findings("deploy: [a]\ndeploy: [b]\n") == """
                okteto.yml:2:1: error: the key 'deploy' is set twice
                deploy: [b]
                ^~~~~~
                okteto.yml:1:1: note: it is set here first
                deploy: [a]
                ^~~~~~
                help: remove one of them, or join their values

                """
        )
    }

    @Test func `a bare text as deploy shows the fix`() {
        #expect(
            findings("deploy: echo hi\n") == """
                okteto.yml:1:9: error: 'deploy' must be a list of commands or a mapping, not a text
                deploy: echo hi
                        ^~~~~~~
                help: write 'deploy:' and on the next line '- echo hi'

                """
        )
    }

    @Test func `tabs before the caret stay tabs`() {
        #expect(findings("{\tfoo: 1}").contains("\n{\tfoo: 1}\n \t^~~\n"))
    }

    @Test func `control and bidirectional characters are escaped`() {
        let shown = findings("\"a\\e[31m\\u202Eb\": 1 # \u{202E}c")
        #expect(!shown.unicodeScalars.contains("\u{1B}"))
        #expect(!shown.unicodeScalars.contains("\u{202E}"))
        #expect(shown.contains("'a\\u{1B}[31m\\u{202E}b' is not a key of the manifest"))
    }

    @Test func `a long line is shown around the caret`() {
        let shown = findings("deploy: [" + String(repeating: "a, ", count: 1000) + "{x: y}]")
        let lines = shown.split(separator: "\n")
        #expect(lines[1].unicodeScalars.count <= 162)
        #expect(lines[1].hasPrefix("…"))
        let caret = lines[2].unicodeScalars.count { $0 == " " }
        #expect(Array(lines[1])[caret] == "x")
    }

    @Test(arguments: [
        ("dependences", "did you mean 'dependencies'?"), ("tests", "did you mean 'test'?"),
        ("Deploy", "did you mean 'deploy'?"), ("devv", "did you mean 'dev'?"),
    ])
    func `an unknown key gets a suggestion`(key: String, help: String) {
        #expect(load("\(key): {}").diagnostics.map(\.help) == [help])
    }

    @Test(arguments: ["zzz", "d", "completely-different"])
    func `nothing is suggested for a name like no other`(key: String) {
        #expect(load("\(key): {}").diagnostics.first?.help?.hasPrefix("the keys are") == true)
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
    func `lines are found by every line break of YAML`(lineBreak: String) {
        let source = SourceText(path: "x", text: "é\(lineBreak)b\(lineBreak)")
        #expect(source.line(1).map(Array.init) == Array("é".utf8))
        #expect(source.line(2).map(Array.init) == Array("b".utf8))
        #expect(source.line(3).map(Array.init) == [])
        #expect(source.line(4) == nil)
        #expect(source.mark(atByte: 2) == SourceMark(line: 1, column: 2))
    }
}
