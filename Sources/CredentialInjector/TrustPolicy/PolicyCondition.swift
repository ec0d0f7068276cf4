/// One comparison of a statement: a key, how it is compared, and with what.
struct PolicyCondition: Sendable, Hashable {
    let comparison: ConditionOperator
    /// The key as the policy has it; keys are compared without regard to case.
    let key: String
    let values: [String]
}
