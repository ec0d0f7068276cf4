internal import YAMLSource

/// A workflow command of GitHub Actions: `::error file=okteto.yml,line=3::message`.
enum WorkflowCommand {
    /// Returns the command that puts an error at a place of a file; parts that are nil are left out.
    static func error(file: String?, line: Int?, column: Int?, title: String, message: String) -> String {
        let properties = [
            file.map { ("file", $0) }, line.map { ("line", "\($0)") }, column.map { ("col", "\($0)") },
            ("title", title),
        ].compactMap { $0 }
        let text = properties.map { "\($0.0)=\(property($0.1))" }.joined(separator: ",")
        return "::error \(text)::\(data(message))\n"
    }

    /// What the runner turns back in a message; a line break would end the command, and what follows could be another.
    static func data(_ text: String) -> String {
        escaped(text) { $0 == "%" || $0 == "\r" || $0 == "\n" }
    }

    /// What it turns back in a property, which `:` and `,` end.
    static func property(_ text: String) -> String {
        escaped(text) { ["%", "\r", "\n", ":", ","].contains($0) }
    }

    private static func escaped(_ text: String, _ isSpecial: (Unicode.Scalar) -> Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isSpecial(scalar) {
                result += "%" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
            } else if scalar == "\t" {
                result += "\t"
            } else {
                result += PrintableText.escaped(scalar)
            }
        }
        return result
    }
}
