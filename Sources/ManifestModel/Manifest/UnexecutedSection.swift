package import YAMLSource

/// A part of the manifest that is checked but needs the Okteto platform to be executed.
package struct UnexecutedSection: Sendable, Hashable {
    /// The key, with its section when it is not at the top: `deploy.compose`.
    package let key: String
    /// Where the key stands.
    package let mark: SourceMark

    /// Creates a section.
    package init(key: String, mark: SourceMark) {
        self.key = key
        self.mark = mark
    }

    /// The notice that a run gives about it.
    package var notice: Diagnostic {
        Diagnostic(.notice, "'\(key)' needs the Okteto platform and is not executed", at: mark, rule: .notExecuted)
    }
}
