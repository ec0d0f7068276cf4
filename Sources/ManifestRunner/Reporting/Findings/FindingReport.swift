internal import ManifestModel
internal import YAMLSource

/// What `validate` found about one file.
struct FindingReport: Sendable {
    /// The file, as the user would write it.
    let path: String
    /// The findings, in the order of the file.
    let findings: [Diagnostic]
    /// Why the file could not be read; nil when it could.
    let failure: String?

    /// Creates the report of a file that was read.
    init(path: String, findings: [Diagnostic]) {
        self.path = path
        self.findings = findings
        failure = nil
    }

    /// Creates the report of a file that could not be read.
    init(path: String, failure: String) {
        self.path = path
        self.failure = failure
        findings = []
    }

    /// Whether phases would run.
    var isValid: Bool { failure == nil && !findings.hasErrors }

    func count(_ severity: Diagnostic.Severity) -> Int { findings.count { $0.severity == severity } }
}
