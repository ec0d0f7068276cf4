internal import YAMLSource

extension FindingReport {
    /// The report as workflow commands, one a line
    /// (<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>).
    var workflowCommands: String {
        if let failure { return "::error file=\(Self.property(path))::\(Self.data(failure))\n" }
        return findings.map(workflowCommand).joined()
    }

    private func workflowCommand(_ finding: Diagnostic) -> String {
        let mark = finding.mark
        var properties = [
            "file=\(Self.property(path))", "line=\(mark.line)", "endLine=\(mark.line)", "col=\(mark.column)",
            "endColumn=\(mark.column + mark.length)",
        ]
        properties.append("title=\(Self.property(finding.rule.rawValue))")
        let message = finding.message + (finding.help.map { "\nhelp: \($0)" } ?? "")
        return "::\(finding.severity.rawValue) \(properties.joined(separator: ","))::\(Self.data(message))\n"
    }

    /// Returns a text as the message of a command: it could else end the command, and begin another one.
    static func data(_ text: String) -> String {
        escaped(text) { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            default: nil
            }
        }
    }

    /// Returns a text as the value of a command's property.
    static func property(_ text: String) -> String {
        escaped(data(text)) { scalar in
            switch scalar {
            case ":": "%3A"
            case ",": "%2C"
            default: nil
            }
        }
    }

    /// By code points: CR LF is one character of a string.
    private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = escape(scalar) {
                result += replacement
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
