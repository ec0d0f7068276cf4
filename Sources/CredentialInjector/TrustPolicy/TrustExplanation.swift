/// What a trust policy says to a token, and why.
package struct TrustExplanation: Sendable {
    /// What it says.
    package let verdict: TrustVerdict
    /// The action that decided: the exchange itself, or what the token's session tags need beside it.
    package let action: String
    /// What became of each statement for the exchange itself.
    package let statements: [StatementFinding]
    let request: TrustRequest

    /// The statement that allows, or the one that comes nearest to it.
    package var nearest: StatementFinding? {
        let allowing = statements.filter(\.isAllow)
        return allowing.min { $0.obstacles < $1.obstacles }
    }

    /// What to change, the nearest first; empty where the exchange is allowed.
    package var fixes: [String] {
        switch verdict {
        case .allowed: return []
        case .denied:
            let denying = statements.filter { !$0.isAllow && $0.outcome == .yes }.map { "\($0.number)" }
            return [
                denying.isEmpty
                    ? "a statement denies \(action), which the token needs for its session tags"
                    : "statement \(denying.joined(separator: " and ")) denies this token, which no other can undo: "
                        + "change its conditions"
            ]
        case .notAllowed, .undecided:
            if action != TrustRequest.action {
                return [
                    "the token sets session tags or a source identity, so the statement must allow \(action) too: "
                        + "\"Action\": [\"\(TrustRequest.action)\", \"\(action)\"]"
                ]
            }
            return nearest?.fixes ?? ["no statement allows anything: add one for \(TrustRequest.action)"]
        }
    }

    /// The verdict in one line.
    package var summary: String {
        let role = request.role.text
        return switch verdict {
        case .allowed: "the trust policy lets this token assume \(role)"
        case .notAllowed: "no statement of the trust policy lets this token assume \(role)"
        case .denied: "a statement of the trust policy denies this token"
        case .undecided: "it cannot be told here whether the trust policy lets this token assume \(role)"
        }
    }
}
