/// Why a text is no document, and where.
struct YAMLFailure: Error, Sendable, Hashable {
    let message: String
    let mark: SourceMark?
    var help: String?
}
