/// Ends a phase's turn before it begins, since nothing has changed since it succeeded; no failure.
struct UnchangedPhase: Error {}
