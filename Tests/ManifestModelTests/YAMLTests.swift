import ManifestModel
import Testing
import YAMLSource

@Suite struct YAMLTests {
    @Test func `anchors and merge keys are resolved and the mapping's own keys win`() throws {
        let loaded = load(
            """
            test:
              a: &a
                image: one
                context: x
                commands: &c [echo]
              b:
                image: two
                <<: *a
              c:
                commands: *c
            """
        )
        #expect(loaded.diagnostics.isEmpty)
        let tests = try #require(loaded.manifest?.tests)
        #expect(tests.map(\.image?.value) == ["one", "two", nil])
        #expect(tests.map(\.context) == ["x", "x", "."])
        #expect(tests.map { $0.commands.map(\.script) } == [["echo"], ["echo"], ["echo"]])
    }

    @Test func `of several merged mappings the first that has a key wins`() {
        let loaded = load(
            """
            test:
              a: &a {image: one, commands: [x]}
              b: &b {image: two, context: c, commands: [y]}
              c: {<<: [*a, *b]}
            """
        )
        #expect(loaded.manifest?.tests.last?.image?.value == "one")
        #expect(loaded.manifest?.tests.last?.context == "c")
    }

    @Test func `keys of a large mapping are found as those of a small one`() {
        for count in [3, 15, 16, 17, 40] {
            let keys = (0..<count).map { "k\($0): v" }.joined(separator: ", ")
            let loaded = load("build: {a: {args: &m {\(keys)}}, b: {args: {<<: *m, k0: own, k2: own, new: w}}}")
            #expect(loaded.diagnostics.isEmpty)
            let arguments = loaded.manifest?.builds.last?.arguments ?? []
            #expect(arguments.count == count + 1)
            #expect(arguments.filter { $0.value == "own" }.map(\.name) == ["k0", "k2"])
            let twice = load("build: {a: {args: {\(keys), k\(count - 1): again}}}")
            #expect(twice.diagnostics.map(\.rule) == [.duplicateKey])
        }
    }

    @Test func `only the first document is read, and a second one is a warning`() {
        let loaded = load("deploy: [a]\n---\ndeploy: [b]\n")
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.manifest?.deploy?.commands.map(\.script) == ["a"])
    }

    @Test func `a byte order mark of UTF-8 is passed over`() {
        let loaded = ManifestLoader.load(
            SourceText(path: "okteto.yml", bytes: [0xEF, 0xBB, 0xBF] + Array("deploi: [a]".utf8))
        )
        #expect(loaded.diagnostics.map(\.mark) == [SourceMark(line: 1, column: 1, length: 6)])
    }

    @Test(
        arguments: [
            (Array("deploy: [a\u{0}]".utf8), "a NUL byte is not allowed in YAML", 11),
            (Array("deploy: [a\u{1B}]".utf8), "the control character 0x1B is not allowed in YAML", 11),
            (Array("a: ".utf8) + [0xFF], "the file is not valid UTF-8: unexpected byte 0xFF", 4),
            (Array("é: ".utf8) + [0xC3], "the file is not valid UTF-8: unexpected byte 0xC3", 4),
            ([0xFF, 0xFE, 0x61, 0], "the file is UTF-16 or UTF-32, not UTF-8", 1),
            ([0x61, 0, 0x62, 0], "the file is UTF-16 or UTF-32, not UTF-8", 1),
            ([UInt8](repeating: 0x20, count: 1 << 20) + Array("a: b".utf8), "the file is larger than 1 MiB", 1),
            (Array("deploy: [a".utf8), "invalid YAML: did not find expected ',' or ']'", 11),
            (Array("deploy:\n\t- a".utf8), "invalid YAML: found character that cannot start any token", 1),
            (Array("deploy: *a".utf8), "there is no anchor '&a' before this alias", 9),
            (Array("deploy: &a [*a]".utf8), "the alias '*a' stands inside the value it refers to", 13),
            (Array("? [a]\n: b".utf8), "a key must be a text, not a list", 3),
            (Array("deploy: !!binary aGk=".utf8), "binary values are not supported here", 9),
            (Array("<<: x".utf8), "only a mapping, or a list of mappings, can be merged with '<<', not a text", 5),
        ] as [([UInt8], String, Int)]
    )
    func `a text that is no YAML is refused where it goes wrong`(bytes: [UInt8], message: String, column: Int) {
        let loaded = ManifestLoader.load(SourceText(path: "okteto.yml", bytes: bytes))
        #expect(loaded.manifest == nil)
        #expect(loaded.diagnostics.map(\.message) == [message])
        #expect(loaded.diagnostics.map(\.mark.column) == [column])
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000),
        String(repeating: "{a: ", count: 25_000),
        String(repeating: "- ", count: 50_000),
        String(repeating: "? ", count: 50_000),
    ])
    func `deep nesting ends early`(yaml: String) {
        let clock = ContinuousClock()
        let duration = clock.measure {
            #expect(load(yaml).diagnostics.map(\.message) == ["values are nested more than 64 levels deep"])
        }
        // Unbounded it takes minutes.
        #expect(duration < .seconds(5))
    }

    @Test func `a billion laughs are refused`() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<10 {
            let items = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            yaml += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(load(yaml).diagnostics.map(\.message).last?.contains("more than 100000 values") == true)
    }

    @Test func `merges that multiply are refused`() {
        var yaml = "a0: &a0 {\((0..<100).map { "k\($0): v" }.joined(separator: ", "))}\n"
        for level in 1..<2000 { yaml += "a\(level): {<<: *a0}\n" }
        #expect(load(yaml).diagnostics.map(\.message).last?.contains("more than 100000 values") == true)
    }

    @Test func `many directives are refused`() {
        let yaml = (0..<2000).map { "%TAG !\($0)! b\n" }.joined() + "--- {}"
        #expect(load(yaml).diagnostics.map(\.message) == ["more than 1000 lines begin with '%'"])
    }

    @Test func `many findings in one long line are rendered in bounded space`() {
        let yaml = "{" + (0..<2000).map { "k\($0): 1" }.joined(separator: ", ") + "}"
        #expect(findings(yaml).utf8.count < 100_000)
    }
}
