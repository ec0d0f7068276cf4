internal import ProcessEnvironment

/// Where okteto-run keeps what one run tells the next: this user's alone, and never in the tree.
enum StateFolder {
    /// Returns the folder of an environment: `okteto-run` in `XDG_STATE_HOME`, or in `~/.local/state`.
    ///
    /// - Throws: ``RunFailure`` when it names neither.
    static func path(_ environment: EnvironmentVariables) throws -> String {
        // A path that is not absolute does not count, by the XDG Base Directory Specification.
        if let state = environment.nonEmpty("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/okteto-run" }
        guard let home = environment.nonEmpty("HOME"), home.hasPrefix("/") else {
            throw RunFailure(
                .ioError,
                "there is no place to keep what tests came to: neither XDG_STATE_HOME nor HOME is set",
                hint: "set one of them"
            )
        }
        return "\(home)/.local/state/okteto-run"
    }

    /// Opens the folder, and makes it where there is none; blocks.
    ///
    /// - Throws: ``RunFailure`` when it cannot be had, or others could read or change it.
    static func open(_ environment: EnvironmentVariables) throws -> PrivateFolder {
        let path = try path(environment)
        do {
            return try PrivateFolder(path: path)
        } catch {
            throw RunFailure(
                .ioError,
                "the folder '\(path)' cannot keep what tests came to: \(error.reason)",
                hint: error.nextStep ?? "remove it, or set XDG_STATE_HOME to another place"
            )
        }
    }
}
