/// Why an issuer's keys could not be had.
struct IssuerProblem: Error, Hashable {
    /// What happened, in one line of lower case.
    let reason: String
    var notes: [String] = []
    let nextStep: String
}
