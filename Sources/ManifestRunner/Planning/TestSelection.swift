internal import ManifestModel
internal import YAMLSource

/// Which tests are to run, beside what they depend on.
struct TestSelection: Sendable {
    /// The tests that were named; none for all.
    let names: [String]
    /// Whether only those run that did not pass last time (`--failed`).
    let onlyFailed: Bool
    let history: TestHistory

    /// Plans the tests.
    ///
    /// - Throws: ``RunFailure`` for a name that no test has, or when `--failed` knows of no earlier run.
    func plan(_ planner: Planner) throws -> ExecutionPlan {
        let manifest = planner.source.location.path
        history.begin(manifest)
        let tests = planner.source.manifest.tests.map(\.name.value)
        guard onlyFailed, !tests.isEmpty else { return try planner.planTests(names) }
        let failed = try history.failed(of: tests, in: manifest)
        guard !failed.isEmpty else {
            return ExecutionPlan(phases: [], notices: ["no test failed last time: there is nothing to run again"])
        }
        var plan = try planner.planTests(failed)
        let shown = failed.map(PrintableText.quoted).joined(separator: ", ")
        plan.notices.append("running again what did not succeed last time: \(shown)")
        return plan
    }
}
