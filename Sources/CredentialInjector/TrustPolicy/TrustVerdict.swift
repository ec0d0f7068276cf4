/// What a trust policy says to a token.
package enum TrustVerdict: String, Sendable, Hashable {
    /// A statement allows the exchange, and none denies it.
    case allowed
    /// No statement allows it.
    case notAllowed = "not allowed"
    /// A statement denies it, which no other can undo.
    case denied
    /// It depends on what only AWS knows.
    case undecided
}
