/// Where a setting came from, so that a message can say what to change.
package enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    /// An option of the command line, with its dashes.
    case option(String)
    /// A variable of the process environment.
    case variable(String)
    /// A field of the user's credential settings, as `spec.roleARN`.
    case configuration(field: String, FilePlace)
    /// A key of a profile of the AWS tools.
    case profile(key: String, name: String, FilePlace)
    /// Nothing was set, and this is what holds then.
    case standard

    package var description: String {
        switch self {
        case .option(let name): "option \(name)"
        case .variable(let name): "variable \(name)"
        case .configuration(let field, let place): "\(field), \(place)"
        case .profile(let key, let name, let place):
            "\(DisplayText.clean(key, limit: 80)) of profile \(DisplayText.clean(name, limit: 80)), \(place)"
        case .standard: "default"
        }
    }
}
