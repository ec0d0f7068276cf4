/// What a helper program left: its exit status and its output.
package struct HelperProgramResult: Sendable, Hashable {
    /// The exit status, or 128 + the number of the signal that ended it.
    package let exitStatus: CInt
    /// What it printed; a secret, because a helper may print a token.
    package let standardOutput: Secret
    /// The beginning of what it printed on standard error.
    package let standardError: [UInt8]
}
