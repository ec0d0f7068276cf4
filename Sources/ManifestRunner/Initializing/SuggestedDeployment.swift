/// What a first manifest does to deploy and to take down, for what was found in the repository.
struct SuggestedDeployment: Sendable, Hashable {
    let image: String
    let deploy: [String]
    let destroy: [String]
    /// What the suggestion follows from; nil for the one that is made where nothing was found.
    let reason: String?
    /// What has to be seen to first; nil where that is nothing.
    var note: String?
}
