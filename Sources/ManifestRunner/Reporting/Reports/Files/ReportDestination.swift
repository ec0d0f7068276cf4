/// A report that was asked for: `junit=out/tests.xml`.
struct ReportDestination: Sendable, Hashable {
    let kind: ReportKind
    /// The file, as it was given.
    let path: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), let kind = ReportKind(rawValue: String(argument[..<equals]))
        else {
            return nil
        }
        let path = String(argument[argument.index(after: equals)...])
        guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
        self.kind = kind
        self.path = path
    }

    /// As messages name it: `the junit report out/tests.xml`.
    var description: String { "the \(kind.rawValue) report \(ReportNames.line(path))" }
}
