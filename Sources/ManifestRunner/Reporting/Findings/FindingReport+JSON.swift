internal import CredentialInjector
internal import YAMLSource

extension FindingReport {
    /// The report as one JSON object.
    var json: JSONValue {
        .object([
            "manifest": .string(path),
            "valid": .bool(isValid),
            "errors": .number("\(count(.error))"),
            "warnings": .number("\(count(.warning))"),
            "failure": failure.map { .string($0) },
            "findings": .array(findings.map(Self.json)),
        ])
    }

    private static func json(_ finding: Diagnostic) -> JSONValue {
        .object(
            [
                JSONMember("severity", .string(finding.severity.rawValue)),
                JSONMember("rule", .string(finding.rule.rawValue)),
                JSONMember("message", .string(finding.message)),
            ] + (finding.help.map { [JSONMember("help", .string($0))] } ?? [])
                + place(finding.mark)
                + (finding.related.isEmpty ? [] : [JSONMember("related", .array(finding.related.map(json)))])
        )
    }

    private static func json(_ related: Diagnostic.Related) -> JSONValue {
        .object([JSONMember("message", .string(related.message))] + place(related.mark))
    }

    /// Columns are counted in code points; the last is the one after the place.
    private static func place(_ mark: SourceMark) -> [JSONMember] {
        [
            JSONMember("line", .number("\(mark.line)")),
            JSONMember("column", .number("\(mark.column)")),
            JSONMember("endColumn", .number("\(mark.column + mark.length)")),
        ]
    }
}
