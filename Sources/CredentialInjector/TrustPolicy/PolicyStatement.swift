/// One statement of a trust policy.
struct PolicyStatement: Sendable, Hashable {
    /// Its place in the policy, counted from 1.
    let number: Int
    /// Its `Sid`, or nil.
    let identifier: String?
    /// Whether it allows; otherwise it denies.
    let isAllow: Bool
    let principals: [PolicyPrincipal]
    /// Whether it is for all but the principals (`NotPrincipal`).
    let isNotPrincipal: Bool
    let actions: [String]
    /// Whether it is for all but the actions (`NotAction`).
    let isNotAction: Bool
    let conditions: [PolicyCondition]

    /// Returns whether the statement is for an action; `*` and `?` stand for any characters, and case does not matter.
    func isFor(action: String) -> Bool {
        actions.contains { PolicyPattern($0.lowercased()).matches(action.lowercased()) } != isNotAction
    }
}
