/// Where a variable of a phase comes from.
enum VariableOrigin: Sendable, Hashable, CustomStringConvertible {
    /// A line of a file: `.env`, or the manifest.
    case file(String, line: Int)
    /// An option of the command line, or its variable.
    case option(String)
    /// The environment that okteto-run was started with.
    case environment
    /// okteto-run itself.
    case builtIn
    /// The exchange for credentials.
    case credentials

    var description: String {
        switch self {
        case .file(let path, let line): "\(path):\(line)"
        case .option(let name): name
        case .environment: "environment"
        case .builtIn: "built-in"
        case .credentials: "credentials"
        }
    }
}
