import ManifestModel
import Testing

@Suite struct IgnoreTests {
    private func file(_ text: String) -> IgnoreFile {
        IgnoreFile(SourceText(path: ".oktetoignore", text: text))
    }

    private func rules(_ text: String) -> IgnoreRules {
        file(text).rules(for: .deploy)
    }

    @Test(arguments: [
        ("a", "a", true), ("a", "a/b", true), ("a", "ab", false), ("a", "b/a", false), ("/a", "a", true),
        ("a/", "a", true),
        ("./a/../b", "b", true), ("**", "x/y", true), ("**/a", "a", true), ("**/a", "x/y/a", true),
        ("**/a", "xa", false),
        ("**/a", "x/a/b", true), ("*", "x", true), ("*", "x/y", true), ("*.md", "a.md", true),
        ("*.md", "x/a.md", false),
        ("**/*.md", "x/a.md", true), ("**/*.md", "a.md", true), ("a/**", "a/b/c", true), ("a/**", "a", false),
        ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("a?c", "abc", true),
        ("a?c", "a/c", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[^a-c]x", "dx", true),
        ("\\*", "*", true),
        ("\\*", "a", false), ("a+b", "a+b", true), ("a.b", "axb", false), ("**.md", "x/a.md", true),
        ("abc**", "abcd/e", true),
        ("a/*/c", "a/b/c", true), ("a/*/c", "a/b/d/c", false), ("é?", "éü", true), (" a ", "a", true),
        ("# a", "# a", false),
        ("a\n!a/b", "a/b", false), ("a\n!a/b", "a/c", true), ("a\n!a/b", "a/b/c", false), ("!a\na", "a", true),
        ("*\n!a", "a/b", false), ("a\n!a\na/b", "a/b", true), ("**\n!chart", "chart/x", false),
        ("**\n!**/k", "x/k", false),
        ("*", ".", false), ("[a]", "a", false), ("a\r\nb\r\n", "a", true), ("a**b", "ax/b", true),
        ("! a\n", "a", false),
    ])
    func `a path is excluded as by Docker`(text: String, path: String, isExcluded: Bool) {
        #expect(rules(text).excludes(path, isDirectory: false) == isExcluded)
    }

    @Test func `sections add to the patterns of all phases`() {
        let file = file("all\n[deploy]\nd\n[test]\nt\n!all\n[test.unit]\nu\n[other]\no\n")
        func excluded(_ rules: IgnoreRules) -> [String] {
            ["all", "d", "t", "u", "o"].filter { rules.excludes($0, isDirectory: false) }
        }
        #expect(excluded(file.rules(for: .deploy)) == ["all", "d"])
        #expect(excluded(file.rules(for: .destroy)) == ["all"])
        #expect(excluded(file.rules(forTest: "unit")) == ["t", "u"])
        #expect(excluded(file.rules(forTest: "e2e")) == ["t"])
    }

    @Test(arguments: [
        ("a", "a", false), ("a", "b", true), ("a\n!a/b", "a", true), ("a\n!b", "a", false), ("*\n!**/k", "x", true),
        ("a\n!a/b/c", "a/b", true), ("a\n!a/b/c", "a/d", false), ("**\n!chart", "chart", true),
        ("**\n!chart", "x", false),
    ])
    func `a walker learns which folders it need not enter`(text: String, folder: String, mayContain: Bool) {
        #expect(rules(text).mayContainIncluded(under: folder) == mayContain)
    }

    @Test(arguments: ["[a", "!", "a\\", "a[]", "[b-a]x", "[-a]x"])
    func `a malformed pattern is a warning with its line`(pattern: String) {
        let file = file("x\n\(pattern)\ny")
        #expect(file.diagnostics.map(\.mark.line) == [2])
        #expect(file.rules(for: .deploy).excludes("y", isDirectory: false))
    }

    @Test func `a pattern of many stars takes linear time`() {
        let rules = rules(String(repeating: "*a", count: 100) + "b\n" + String(repeating: "**/a", count: 100) + "b")
        let path = String(repeating: "a", count: 2000)
        let duration = ContinuousClock().measure { #expect(!rules.excludes(path, isDirectory: false)) }
        #expect(duration < .seconds(60))
    }

    @Test func `no rules exclude nothing`() {
        #expect(IgnoreRules.none.isEmpty)
        #expect(!IgnoreRules.none.excludes("a", isDirectory: false))
    }
}
