/// What became of one statement of a trust policy.
package struct StatementFinding: Sendable, Hashable {
    /// Its place in the policy, counted from 1.
    package let number: Int
    /// Its `Sid`, or nil.
    package let identifier: String?
    /// Whether it allows; otherwise it denies.
    package let isAllow: Bool
    /// Whether it is for the token's provider.
    package let principal: Tristate
    /// The principals as the policy has them.
    package let principals: [String]
    /// What would make the principal fit; nil where it does.
    package let principalFix: String?
    /// Whether it is for the action.
    package let action: Tristate
    /// The actions as the policy has them.
    package let actions: [String]
    /// What would make the action fit; nil where it does.
    package let actionFix: String?
    /// Its conditions, in their order.
    package let conditions: [ConditionFinding]
    /// Whether the statement applies: all of the above hold.
    package let outcome: Tristate

    /// How much of it does not hold, to find the statement that is nearest.
    var obstacles: Int {
        (principal == .yes ? 0 : 1) + (action == .yes ? 0 : 1) + conditions.count { $0.outcome != .yes }
    }

    /// What would have to change for it to hold.
    package var fixes: [String] {
        [principalFix, actionFix].compactMap { $0 } + conditions.compactMap(\.fix)
    }
}
