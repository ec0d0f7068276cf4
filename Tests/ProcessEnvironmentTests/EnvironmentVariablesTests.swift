import ProcessEnvironment
import Testing

@Suite struct EnvironmentVariablesTests {
    @Test func `a rendering shows names and no value`() {
        let variables: EnvironmentVariables = ["TOKEN": "hunter2", "A": "b"]
        var dumped = ""
        dump(variables, to: &dumped)
        #expect("\(variables)" == "[A=<redacted>, TOKEN=<redacted>]")
        #expect(!dumped.contains("hunter2"))
    }

    @Test func `merging replaces, so that each name is there once`() {
        let variables = EnvironmentVariables(["A": "1", "B": "2"]).merging(["B": "3"])
        #expect(variables.entries.map { String(decoding: $0, as: UTF8.self) } == ["A=1", "B=3"])
    }

    @Test func `nothing is left when everything is removed`() {
        var variables: EnvironmentVariables = ["A": "1"]
        #expect(!variables.isEmpty)
        variables.remove("A")
        #expect(variables.isEmpty)
    }

    @Test func `names are compared exactly`() {
        let variables: EnvironmentVariables = ["Path": "x"]
        #expect(variables["PATH"] == nil)
        #expect(variables["Path"] == "x")
    }

    @Test func `an empty value is set, and counts as unset where a setting is read`() {
        let variables: EnvironmentVariables = ["A": ""]
        #expect(variables["A"] == "")
        #expect(variables.nonEmpty("A") == nil)
    }

    @Test func `changes name what is new, what differs and what is gone`() {
        let old: EnvironmentVariables = ["A": "1", "B": "2", "C": "3"]
        let new: EnvironmentVariables = ["A": "1", "B": "x", "D": "4"]
        let changes = new.changes(since: old)
        #expect(changes.set == ["B": "x", "D": "4"])
        #expect(changes.removed == ["C"])
    }

    @Test func `the process's own variables are read`() {
        #expect(EnvironmentVariables.ofProcess()["PATH"] != nil)
    }
}
