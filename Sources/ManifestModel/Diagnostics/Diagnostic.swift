/// One finding about a manifest.
package struct Diagnostic: Sendable, Hashable {
    /// How serious a finding is.
    package enum Severity: String, Sendable, Hashable {
        /// The manifest cannot be run.
        case error
        /// It runs, but Okteto's schema rejects it, or it does something other than it seems to.
        case warning
        /// It runs, without something that needs Okteto's platform.
        case notice
    }

    /// How serious it is.
    package let severity: Severity
    /// What was found, in lower case.
    package let message: String
    /// Where, or nil when it is about the whole file.
    package let mark: SourceMark?
    /// What to do about it, or nil.
    package let help: String?

    /// Creates a finding.
    package init(_ severity: Severity, _ message: String, at mark: SourceMark?, help: String? = nil) {
        self.severity = severity
        self.message = message
        self.mark = mark
        self.help = help
    }
}
