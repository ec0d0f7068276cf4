import ManifestModel
import ProcessEnvironment
import Testing
import YAMLSource

@testable import ManifestRunner

@Suite struct LayeredVariablesTests {
    @Test func `what is laid over others wins, with its origin, and no value is shown`() {
        var variables = LayeredVariables()
        variables.add(["A": "s3cret", "B": "s3cret"]) { name in .file(".env", line: name == "A" ? 1 : 2) }
        variables.add(["B": "other"], from: .option("--var"))
        variables.add(names: ["LONG_NAME"], from: .credentials)
        #expect(variables.values == ["A": "s3cret", "B": "other"])
        #expect(
            variables.lines == [
                "A=***          .env:1", "B=***          --var", "LONG_NAME=***  credentials",
            ]
        )
        #expect(!"\(variables)".contains("s3cret"))
    }

    @Test func `a name that could change the terminal is escaped`() {
        var variables = LayeredVariables()
        variables.add(names: ["A\u{1B}[2J"], from: .environment)
        #expect(variables.lines == ["A\\u{1B}[2J=***  environment"])
    }

    @Test func `external addresses that are known become variables`() throws {
        let yaml = """
            external:
              my-db:
                endpoints:
                - {name: main url, url: 'https://$HOST/'}
                - {name: later}
                - {name: empty, url: $NOTHING}
              'odd/name':
                endpoints: [{name: a, url: b}]
            """
        let manifest = try #require(ManifestLoader.load(SourceText(path: "okteto.yml", text: yaml)).manifest)
        let variables = try ExternalVariables.make(
            manifest.externals,
            path: "okteto.yml",
            expander: VariableExpander(["HOST": "h"])
        )
        #expect(variables.values == ["OKTETO_EXTERNAL_MY_DB_ENDPOINTS_MAIN_URL_URL": "https://h/"])
        #expect(variables.origins.values.map(\.description) == ["okteto.yml:4"])
    }

    @Test func `what Okteto's platform would set comes from the caller wherever a phase runs`() {
        let caller: EnvironmentVariables = [
            "OKTETO_BUILD_API_IMAGE": "i", "OKTETO_DOMAIN": "d", "OKTETO_TOKEN": "s3cret", "PATH": "p",
            "OKTETO_DEPENDENCY_X_VARIABLE_Y": "z", "OKTETO_RUN_ROLE_ARN": "r",
        ]
        #expect(
            BuiltInVariables.passed(from: caller).names == [
                "OKTETO_BUILD_API_IMAGE", "OKTETO_DEPENDENCY_X_VARIABLE_Y", "OKTETO_DOMAIN",
            ]
        )
    }
}
