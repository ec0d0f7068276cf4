/// A test that a first manifest has for what was found in the repository.
struct SuggestedTest: Sendable, Hashable {
    /// The test's name.
    let name: String
    let image: String
    let commands: [String]
    /// The folders whose content is worth keeping.
    let caches: [String]
    /// What the suggestion follows from.
    let reason: String
}
