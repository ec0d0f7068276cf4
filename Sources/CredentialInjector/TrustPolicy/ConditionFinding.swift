/// What became of one condition: what it expects, what the request has, and what would make it hold.
package struct ConditionFinding: Sendable, Hashable {
    /// The operator as the policy has it.
    package let comparison: String
    /// The key as the policy has it.
    package let key: String
    /// The values that the policy names.
    package let expected: [String]
    /// The values that the request has; nil where it has none, or they are not known.
    package let actual: [String]?
    /// Where the actual values are from, in words.
    package let source: String
    /// Whether the condition holds.
    package let outcome: Tristate
    /// What else is to be known, or nil.
    package let note: String?
    /// The nearest change with which it would hold; nil where it holds.
    package let fix: String?
}
