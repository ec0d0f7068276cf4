/// What a report is written as.
enum ReportKind: String, Sendable, CaseIterable {
    case junit
    case json
    case html

    /// Returns the file's bytes.
    func bytes(of record: RunRecord) -> [UInt8] {
        switch self {
        case .junit: JUnitReport.bytes(of: record)
        case .json: JSONReport.bytes(of: record)
        case .html: HTMLReport.bytes(of: record)
        }
    }
}
