/// Where a setting came from, so that a message can say what to change.
package enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    /// An option of the command line, with its dashes.
    case option(String)
    /// A variable of the process environment.
    case variable(String)
    /// What was found where nothing was set: `ACTIONS_ID_TOKEN_REQUEST_URL is set`.
    case found(String)
    /// Nothing was set, and this is what holds then.
    case standard

    package var description: String {
        switch self {
        case .option(let name): "option \(name)"
        case .variable(let name): "variable \(name)"
        case .found(let what): "found: \(what)"
        case .standard: "default"
        }
    }
}
