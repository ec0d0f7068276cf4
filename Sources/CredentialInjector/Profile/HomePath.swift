internal import ProcessEnvironment

/// The one expansion that the AWS tools know in a path.
enum HomePath {
    /// Returns `path` with a leading `~/` as the user's home folder; nil when it has one and `HOME` is no absolute path.
    static func expand(_ path: String, _ environment: EnvironmentVariables) -> String? {
        guard path.hasPrefix("~/") else { return path }
        guard let home = environment.nonEmpty("HOME"), home.hasPrefix("/") else { return nil }
        return home + path.dropFirst(1)
    }
}
