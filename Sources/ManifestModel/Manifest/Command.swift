package import YAMLSource

/// One entry of a list of commands: a script for one shell process.
package struct Command: Sendable, Hashable {
    /// The name: the script itself for an entry that is a text; for an object what `name` says, or empty.
    package let name: String
    /// The script, never expanded; an empty one succeeds.
    package let script: String
    /// Where the entry stands.
    package let mark: SourceMark

    /// Creates a command; without a name it is named by its script.
    package init(name: String? = nil, script: String, mark: SourceMark = .start) {
        self.name = name ?? script
        self.script = script
        self.mark = mark
    }

    /// What a line of output calls the command: its name, or the script's first line when it has none.
    package var displayName: String {
        let text = name.isEmpty ? script : name
        let lines = text.split(whereSeparator: \.isNewline)
        guard let first = lines.first else { return "(empty command)" }
        return lines.count > 1 ? first + " …" : String(first)
    }
}
