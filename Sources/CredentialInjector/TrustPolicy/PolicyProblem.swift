/// What is wrong with a policy document.
struct PolicyProblem: Error, Hashable {
    /// The reason as a clause: `statement 1 has no Effect`.
    let reason: String
}
