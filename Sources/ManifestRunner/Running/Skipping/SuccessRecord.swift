internal import ContainerExec

/// What a test was given when it last succeeded.
struct SuccessRecord: Sendable, Hashable {
    /// When it began, in seconds since 1970.
    let date: Int64
    /// Whether it has failed since, so that it must run.
    var hasFailedSince: Bool
    let inputs: TestInputs
    /// The files as they were before, and those that it brought as they were after.
    let files: ContentListing
}
