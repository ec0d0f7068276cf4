internal import YAMLSource

/// Something wrong with what a test depends on.
struct DependencyFinding: Sendable {
    /// What it is when tests are to be run.
    let code: ManifestModelError.Code
    /// What it is when a manifest is checked.
    let diagnostic: Diagnostic

    init(_ code: ManifestModelError.Code, _ message: String, at mark: SourceMark, help: String? = nil) {
        self.code = code
        let rule: Diagnostic.Rule =
            switch code {
            case .testCycle: .circle
            case .unknownTest: .unknownName
            default: .duplicateName
            }
        diagnostic = Diagnostic(.error, message, at: mark, help: help, rule: rule)
    }
}
