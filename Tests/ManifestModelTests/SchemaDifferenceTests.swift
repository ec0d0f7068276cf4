import ManifestModel
import Testing
import YAMLSource

/// Where Okteto's run-time parser and `okteto validate` take different languages: what only the second refuses is a warning.
@Suite struct SchemaDifferenceTests {
    private func test(_ fields: String) -> String { "test: {unit: {commands: [x], \(fields)}}" }

    private func severities(_ yaml: String) -> [Diagnostic.Severity] {
        load(yaml).diagnostics.map(\.severity).filter { $0 != .notice }
    }

    private func expectWarning(_ yamls: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for yaml in yamls {
            #expect(severities(yaml) == [.warning], "\(yaml): \(findings(yaml))", sourceLocation: sourceLocation)
        }
    }

    private func expectError(_ yamls: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for yaml in yamls {
            #expect(severities(yaml) == [.error], "\(yaml): \(findings(yaml))", sourceLocation: sourceLocation)
        }
    }

    private func expectNothing(_ yamls: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for yaml in yamls {
            #expect(severities(yaml).isEmpty, "\(yaml): \(findings(yaml))", sourceLocation: sourceLocation)
        }
    }

    @Test func `artifacts with path and destination`() {
        expectWarning(test("artifacts: [{path: a, destination: b}]"), test("artifacts: [{path: a}]"))
        expectNothing(test("artifacts: [a]"))
        let artifacts = load(test("artifacts: [{path: a, destination: b}]")).manifest?.tests.first?.artifacts
        #expect(artifacts?.map(\.destination) == ["b"])
    }

    @Test func `commands that are no texts`() {
        expectWarning("deploy: [true]", "deploy: [123]", "destroy: [3.10]", "deploy: {commands: [yes]}")
        expectNothing("deploy: ['true']", "deploy: [2024-01-01]", "deploy: [~]")
        #expect(load("deploy: [true, 3.10]").manifest?.deploy?.commands.map(\.script) == ["true", "3.10"])
    }

    @Test func `a command object without command`() {
        expectWarning("deploy: [{name: x}]", "test: {unit: {commands: [{name: x}]}}")
        #expect(load("deploy: [{name: x}]").manifest?.deploy?.commands.map(\.script) == [""])
    }

    @Test(arguments: ["deploy", "destroy", "build", "dependencies", "external", "dev", "forward", "test"])
    func `an empty section`(section: String) {
        expectWarning("\(section):", "\(section): ~")
    }

    @Test func `a manifest of comments, or null`() {
        expectWarning("# nothing yet\n", "---\n", "~")
    }

    @Test func `an empty text is one to Okteto's schema`() {
        expectNothing("name:", "icon:", "deploy: {image: }", "build: {a: {context: }}")
    }

    @Test func `a test without commands`() {
        expectError("test: {unit: {image: a}}", "test: {unit: {commands: []}}", "test: {unit: }")
        expectNothing("deploy: {commands: []}", "deploy: []")
    }

    @Test func `a test that depends on a bare text`() {
        expectError(test("depends_on: unit"))
    }

    @Test func `hosts with IPv6 or variables`() {
        expectWarning(test("hosts: ['h:::1']"), test("hosts: ['h:${IP}']"), test("hosts: ['h_1:1.2.3.4']"))
        expectNothing(test("hosts: ['h:1.2.3.4']"), test("hosts: [{hostname: h, ip: '::1'}]"))
    }

    @Test func `compose as a list of texts`() {
        expectWarning("deploy: {compose: [a.yml]}", "deploy: {compose: {file: a.yml, services: web}}")
        expectNothing(
            "deploy: {compose: a.yml}",
            "deploy: {compose: {file: a.yml, services: [web]}}",
            "deploy: {compose: [{file: a.yml}]}"
        )
        #expect(load("deploy: {compose: [a.yml]}").manifest?.deploy?.compose.map(\.path?.value) == ["a.yml"])
    }

    @Test func `divert by nginx`() {
        expectWarning("deploy: {divert: {driver: nginx, namespace: ns}}")
        expectWarning("deploy: {divert: {namespace: ns, service: s}}")
        expectNothing("deploy: {divert: {namespace: ns}}")
    }

    @Test(arguments: [
        "./dir", "{cache_from: a}", "{cache_from: [a, b]}", "{export_cache: a}", "{args: [A=b]}",
        "{secrets: {a: {file: b}}}", "{secrets: {a: {env: b}}}", "{depends_on: other}",
    ])
    func `short and long forms of build`(image: String) {
        expectWarning("build: {x: \(image)}")
    }

    @Test func `forms of dependencies`() {
        expectWarning(
            "dependencies: {a: https://h/o/r}",
            "dependencies: {a: {repository: r, timeout: 1m30s}}",
            "dependencies: {a: {branch: main}}",
            "dependencies: {a: {repository: r, variables: [A=b]}}"
        )
        expectNothing("dependencies: [https://h/o/r]", "dependencies: {a: {repository: r, timeout: 5m}}")
        expectError("dependencies: {a: {repository: r, timeout: soon}}")
    }

    @Test func `an icon of an external resource`() {
        expectWarning("external: {x: {icon: foo, endpoints: [{name: a}]}}")
        expectNothing("external: {x: {icon: aws, endpoints: [{name: a}]}}")
    }

    @Test func `a key that is set twice`() {
        expectError("deploy: [a]\ndeploy: [b]", "deploy: {image: a, image: b}")
    }

    @Test func `extension keys`() {
        expectError("x-foo: 1", "deploy: {x-foo: 1}", "build: {a: {x-foo: 1}}", "dev: {a: {x-foo: 1}}")
    }
}
