/// One command of a phase: a process of its own, never expanded by okteto-run.
package struct Command: Sendable, Hashable {
    /// The name it is shown by: its own text, or what the object form says.
    package let name: String
    /// What the shell gets.
    package let script: String
    /// Where it is written.
    package let mark: SourceMark

    /// Creates a command.
    package init(name: String, script: String, mark: SourceMark) {
        self.name = name
        self.script = script
        self.mark = mark
    }
}
