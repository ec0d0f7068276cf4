/// Ends a phase's turn before it begins: nothing has changed since it succeeded. No failure.
struct UnchangedPhase: Error {}
