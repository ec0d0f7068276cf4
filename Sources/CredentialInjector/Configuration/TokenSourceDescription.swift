/// Where the identity token comes from, as configured.
package enum TokenSourceDescription: Sendable, Hashable, CustomStringConvertible {
    /// A file, read anew at every exchange.
    case file(path: String)
    /// A variable of the process environment.
    case environment(name: String)
    /// A command, run anew at every exchange: its words.
    case command([String])

    /// Names the source in a message; of a command only the program, because arguments may be secret.
    package var description: String {
        switch self {
        case .file(let path): "token file \(DisplayText.clean(path))"
        case .environment(let name): "environment variable \(DisplayText.clean(name))"
        case .command(let words): "token command '\(DisplayText.clean(words.first ?? ""))'"
        }
    }
}
