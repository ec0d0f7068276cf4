import ManifestModel
import Testing
import YAMLSource

@Suite struct OktetoCasesTests {
    @Test func `all of Okteto's cases are there`() throws {
        #expect(try OktetoCase.all.count == 70)
    }

    /// What Okteto's parser refuses is an error; of what only its schema refuses a warning is enough.
    @Test(arguments: try OktetoCase.all)
    func `the verdict is Okteto's`(oktetoCase: OktetoCase) throws {
        let findings = load(try oktetoCase.text).diagnostics
        let isRejected =
            oktetoCase.kind == "schema" ? findings.contains { $0.severity != .notice } : findings.hasErrors
        #expect(isRejected == oktetoCase.expectError, "\(findings.map(\.message))")
    }
}
