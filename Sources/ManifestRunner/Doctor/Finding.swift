internal import CredentialInjector

/// What an examination found out about one thing.
struct Finding: Sendable {
    let step: CheckStep
    /// The exit status that a run would end with because of it; nil where nothing is in a run's way.
    let status: ExitStatus?

    init(_ step: CheckStep, status: ExitStatus? = nil) {
        self.step = step
        self.status = status
    }
}
