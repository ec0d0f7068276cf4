import ManifestModel
import Testing
import YAMLSource

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
        // Order: a later pattern wins, but one that could change nothing at its turn does not count further down.
        ("a/b\n!a", "a/b", true), ("a/b\n!a", "a/c", false), ("a\n!a\na", "a/x", true),
        ("a\n!a/b\na/b/c", "a/b/c", true),
        ("*\n!*.md\nREADME.md", "README.md", true), ("*\n!*.md\nREADME.md", "x.md", false), ("!a\n*", "a", true),
        // A negated path inside an excluded folder.
        ("node\n!node/keep/**", "node/keep/x/y", false), ("node\n!node/keep/**", "node/keep", true),
        ("node/**\n!node/keep", "node/keep/x", false), ("node/*\n!node/keep", "node/other/x", true),
        // Stars.
        ("**/**", "x/y", true), ("a/**/**/b", "a/b", true), ("a/*/**", "a/b", false), ("a/*/**", "a/b/c", true),
        ("***", "x/y", true), ("a*", "a", true), ("a*", "a/b", true), ("*a", "ba", true), ("*a", "x/ba", false),
        ("**a", "x/ba", true), ("**/*a*", "x/y/bac/d", true), ("a/**", "a/.hidden", true), ("*", ".hidden", true),
        ("**/.git", ".git/config", true), ("**/.git", "x/.git/config", true), ("**/.git", "x.git", false),
        ("a**/b", "a/x/b", true), ("a**/b", "ab", true), ("foo/**/bar/*.txt", "foo/x/bar/y.txt", true),
        // One character, which is a code point and no slash.
        ("?", "x", true), ("?", "xy", false), ("?", "é", true), ("a?", "a/", false),
        ("a/?", "a/b", true), ("??", "é", false),
        // Classes.
        ("[ab]/c", "b/c", true), ("x[0-9a-f]", "xc", true), ("x[^0-9]", "x1", false), ("x[!a]", "x!", true),
        ("x[!a]", "xb", false), ("x[\\]]", "x]", true), ("x[\\-a]", "x-", true),
        ("x[a\\-z]", "xm", false), ("x[é-ü]", "xö", true),
        // Escapes.
        ("\\#a", "#a", true), ("\\!a", "!a", true), ("a\\?c", "a?c", true), ("a\\?c", "abc", false), ("\\a", "a", true),
        ("a\\[b", "a[b", true),
        // What means something elsewhere is itself here.
        ("a(b|c){2}$", "a(b|c){2}$", true), ("a.+", "a.+", true), ("{a,b}", "a", false), ("a^b", "a^b", true),
        ("~", "~", true),
        // Slashes and dots.
        ("a//b", "a/b", true), ("/a/b/", "a/b", true), ("./a", "a", true), ("a/.", "a", true), ("a/..", "a", false),
        ("../a", "a", false), ("/", "a", false), (".", "a", false), ("!/a", "a", false), ("*\n!/a/", "a/b", false),
        // Spaces, line ends, comments.
        ("a b", "a b", true), ("a  ", "a", true), ("\ta\t", "a", true), ("a #b", "a", false), ("a #b", "a #b", true),
        ("  # a", "a", false),
        ("\r\n\r\na\r\n", "a", true), ("a\n\n\n!a", "a", false), ("a\u{A0}", "a", true),
        ("\u{FEFF}a", "a", true), ("\u{FEFF}# a\nb", "b", true), ("\u{FEFF}[deploy]\na", "a", true),
        ("// all\n**\n!chart", "chart/x", false), ("// all\n**\n!chart", "x", true),
        // A mark that combines with a slash makes it no other character.
        ("*", "a/\u{59E}b", true), ("a", "a/\u{301}b", true), ("a/*\n!a/b", "a/\u{301}b", true),
        // Letters are told apart.
        ("README", "readme", false), ("[A-Z]", "a", false),
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

    @Test func `a matcher answers as the rules do, in whatever order paths come`() {
        let rules = rules("**\n!a\na/b\n!a/b/c*\n**/x\n!z/**/keep\n")
        let matcher = IgnoreMatcher(rules)
        let names = ["a", "b", "c1", "x", "z", "keep"]
        var paths = names
        for _ in 0..<3 { paths += paths.prefix(200).flatMap { path in names.map { "\(path)/\($0)" } } }
        for path in paths + paths.reversed() {
            #expect(matcher.excludes(path) == rules.excludes(path, isDirectory: false), "\(path)")
        }
    }

    @Test func `a walker that does not enter what it need not misses nothing`() {
        let rules = rules("**\n!a/b\nq\n!q/*/r\n!**/k?y\n")
        let names = ["a", "b", "q", "r", "key", "s"]
        var paths = names
        for _ in 0..<3 { paths += paths.suffix(216).flatMap { path in names.map { "\(path)/\($0)" } } }
        for path in paths where !rules.excludes(path, isDirectory: false) {
            var folder = path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                #expect(rules.mayContainIncluded(under: String(folder)), "\(path) in \(folder)")
            }
        }
    }

    @Test func `the older file has no sections`() {
        let source = SourceText(path: ".oktetodeployignore", text: "a\n[b]\nc\n")
        let rules = IgnoreFile(source, hasSections: false).rules(for: .destroy)
        #expect(["a", "b", "c", "d"].filter { rules.excludes($0, isDirectory: false) } == ["a", "b", "c"])
    }

    @Test func `rules that precede others are overruled by them`() {
        let rules = rules("!b\n").preceded(by: self.rules("a\nb\n"))
        #expect(rules.excludes("a", isDirectory: false) && !rules.excludes("b", isDirectory: false))
    }

    @Test func `sections may come again, in any order, and their names are told apart`() {
        let file = file(
            "[test]\nt1\n[deploy]\nd\n[test]\n!t1\nt2\n[TEST]\nT\n[test.a.b]\nab\n[ test ]\nspace\n[]\nroot\n"
        )
        func excluded(_ rules: IgnoreRules) -> [String] {
            ["t1", "t2", "d", "T", "ab", "space", "root"].filter { rules.excludes($0, isDirectory: false) }
        }
        #expect(excluded(file.rules(forTest: "a.b")) == ["t2", "ab", "root"])
        #expect(excluded(file.rules(forTest: "a")) == ["t2", "root"])
        #expect(excluded(file.rules(for: .deploy)) == ["d", "root"])
    }

    @Test func `folders whose names differ in how a letter is composed are two`() {
        let matcher = IgnoreMatcher(rules("e\u{301}"))
        #expect(matcher.excludes("e\u{301}/x"))
        #expect(!matcher.excludes("\u{E9}/x"))
        #expect(matcher.excludes("e\u{301}/y"))
    }
}
