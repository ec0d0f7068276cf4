import ManifestModel
import Testing
import YAMLSource

@Suite struct ManifestLoaderTests {
    @Test func `the manifest of the guide has three phases`() throws {
        let loaded = load(
            """
            deploy:
              image: amazon/aws-cli
              commands:
              - aws s3 mb s3://test-bucket --region us-west-2

            test:
              aws:
                image: amazon/aws-cli
                commands:
                - aws s3 ls | grep test-bucket

            destroy:
              image: amazon/aws-cli
              commands:
              - aws s3 rb s3://test-bucket --region us-west-2
            """
        )
        #expect(loaded.diagnostics.isEmpty)
        let manifest = try #require(loaded.manifest)
        #expect(manifest.deploy?.image?.value == "amazon/aws-cli")
        #expect(manifest.deploy?.commands.map(\.script) == ["aws s3 mb s3://test-bucket --region us-west-2"])
        #expect(manifest.deploy?.commands.first?.mark.line == 4)
        #expect(manifest.tests.map(\.name.value) == ["aws"])
        #expect(manifest.tests.first?.context == ".")
        #expect(manifest.destroy?.commands.first?.name == "aws s3 rb s3://test-bucket --region us-west-2")
    }

    @Test(arguments: [
        ("true", "true"), ("3.10", "3.10"), ("2024-01-01", "2024-01-01"), ("0x1F", "0x1F"), ("yes", "yes"),
        ("~", ""), ("", ""), ("'~'", "~"), ("null", ""), ("\"a\\tb\"", "a\tb"), ("|\n  a\n  b", "a\nb"),
        ("!!str null", "null"), ("echo a:b #c", "echo a:b"),
    ])
    func `a command is the text as it is written`(yaml: String, script: String) {
        #expect(load("deploy:\n- \(yaml)").manifest?.deploy?.commands.map(\.script) == [script])
    }

    @Test func `texts and objects mix in a list of commands`() {
        let loaded = load("deploy:\n- one\n- name: Two\n  command: two\n- command: three\n")
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.manifest?.deploy?.commands.map(\.name) == ["one", "Two", ""])
        #expect(loaded.manifest?.deploy?.commands.map(\.script) == ["one", "two", "three"])
        #expect(loaded.manifest?.deploy?.commands.map(\.displayName) == ["one", "Two", "three"])
    }

    @Test func `an object without command is a warning and an empty command`() {
        let loaded = load("deploy:\n- name: x\n- command: z\n")
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.manifest?.deploy?.commands.map(\.script) == ["", "z"])
    }

    @Test(arguments: ["deploy:", "deploy: ~", "# nothing\n", "---\n", "name: x"])
    func `an absent or null section is no phase`(yaml: String) {
        let loaded = load(yaml)
        #expect(!loaded.diagnostics.hasErrors)
        #expect(loaded.manifest != nil)
        #expect(loaded.manifest?.deploy == nil)
    }

    @Test(arguments: ["", "  \n\t\n"])
    func `an empty file is an error`(yaml: String) {
        #expect(load(yaml).diagnostics.map(\.message) == ["the manifest is empty"])
        #expect(load(yaml).manifest == nil)
    }

    @Test func `every key of a phase is decoded`() {
        let loaded = load(
            "deploy: {image: a, remote: on, context: sub, commands: [], compose: c.yml, divert: {namespace: ns}, endpoints: []}"
        )
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.manifest?.deploy?.remote == true)
        #expect(loaded.manifest?.deploy?.context?.value == "sub")
        #expect(
            loaded.manifest?.notices(running: .deploy).map(\.message) == [
                "'deploy.compose' needs the Okteto platform and is not executed",
                "'deploy.divert' needs the Okteto platform and is not executed",
                "'deploy.endpoints' needs the Okteto platform and is not executed",
            ]
        )
    }

    @Test func `every key of a test is decoded`() throws {
        let loaded = load(
            """
            test:
              b:
                image: i
                context: c
                commands: [x]
                depends_on: [a]
                caches: [/root/.cache]
                artifacts: [out.txt, {path: p, destination: d}]
                hosts: ["h:::1", {hostname: o, ip: 1.2.3.4}]
                skipIfNoFileChanges: true
              a: {commands: [z]}
            """
        )
        // Okteto's schema knows neither artifacts with a destination nor addresses of IPv6.
        #expect(loaded.diagnostics.map(\.rule) == [.oktetoSchema, .oktetoSchema])
        let test = try #require(loaded.manifest?.tests.first)
        #expect(loaded.manifest?.tests.map(\.name.value) == ["b", "a"])
        #expect(test.dependsOn.map(\.value) == ["a"])
        #expect(test.caches.map(\.value) == ["/root/.cache"])
        #expect(test.artifacts.map(\.destination) == ["out.txt", "d"])
        let expander = VariableExpander(lookUp: { _ in nil })
        #expect(
            try test.hosts.map { try $0.resolved(with: expander) } == [
                Host(hostname: "h", ip: "::1"), Host(hostname: "o", ip: "1.2.3.4"),
            ]
        )
        #expect(test.skipIfNoFileChanges)
    }

    @Test(arguments: [
        ("test:\n  a:", "the test 'a' has no commands"),
        ("test: {a: {image: x}}", "the test 'a' has no commands"),
        ("test: {a: {commands: []}}", "the test 'a' has no commands"),
        ("test: {a: {commands: x}}", "'commands' of the test 'a' must be a list, not a text"),
        ("test: [x]", "'test' must be a mapping from names to tests, not a list"),
        ("test: {commands: [x]}", "the test 'commands' must be a mapping, not a list"),
        ("test: {a: {commands: [x], depends_on: b}}", "'depends_on' of the test 'a' must be a list, not a text"),
        ("test: {a: {commands: [x], depends_on: [b]}}", "there is no test 'b' to depend on"),
        ("test: {a: {commands: [x], depends_on: [a]}}", "the test 'a' depends on itself"),
        ("test: {a: {commands: [x], hosts: [h]}}", "a host is 'h', which is not of the form that it must have"),
        ("test: {a: {commands: [x], hosts: [':1']}}", "a host is ':1', which is not of the form that it must have"),
        (
            "test: {a: {commands: [x], skipIfNoFileChanges: 'true'}}",
            "'skipIfNoFileChanges' of the test 'a' must be true or false"
        ),
        ("deploy: echo hi", "'deploy' must be a list of commands or a mapping, not a text"),
        ("deploy: {commands: x}", "'deploy.commands' must be a list, not a text"),
        ("deploy: [[x]]", "a command must be a text or a mapping, not a list"),
        ("deploy: [echo foo: bar]", "this command is read as a mapping, because it contains ': '"),
        ("deploy: [{run: x}]", "'run' is not a key of a command"),
        ("destroy: {compose: x}", "'compose' is not a key of 'destroy'"),
        ("name: [x]", "'name' must be a text, not a list"),
        ("deploy: {image: {a: b}}", "'deploy.image' must be a text, not a mapping"),
        ("[a]", "the manifest must be a mapping, not a list"),
        ("x-a: 1", "'x-a' is not a key of the manifest"),
        ("build: {a: }", "the image 'a' of 'build' is empty"),
        ("build: x", "'build' must be a mapping, not a text"),
    ])
    func `a mistake is found`(yaml: String, message: String) {
        let errors = load(yaml).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [message])
    }

    @Test func `a circle of tests is reported where it closes`() {
        let loaded = load(
            """
            test:
              a: {commands: [x], depends_on: [b]}
              b: {commands: [x], depends_on: [c]}
              c: {commands: [x], depends_on: [a]}
            """
        )
        #expect(loaded.diagnostics.map(\.message) == ["tests depend on each other in a circle: 'a' → 'b' → 'c' → 'a'"])
        #expect(loaded.diagnostics.map(\.mark.line) == [4])
    }

    @Test func `all findings are reported, in the order of the file`() {
        let loaded = load("destroi: [a]\ndeploy: x\ntest: {a: }\nfoo: 1\n")
        #expect(loaded.diagnostics.map(\.mark.line) == [1, 2, 3, 4])
    }
}
