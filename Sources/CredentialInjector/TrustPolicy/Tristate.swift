/// Whether something holds, where it may be that only AWS knows.
package enum Tristate: String, Sendable, Hashable {
    case yes
    case no
    case unknown

    init(_ value: Bool) { self = value ? .yes : .no }

    /// Whether both hold.
    static func && (left: Tristate, right: @autoclosure () -> Tristate) -> Tristate {
        guard left != .no else { return .no }
        let right = right()
        guard right != .no else { return .no }
        return left == .unknown ? .unknown : right
    }
}
