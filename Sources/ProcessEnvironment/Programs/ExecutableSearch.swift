#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Finds programs as a shell does.
package enum ExecutableSearch {
    /// Returns the path at which `name` can be run, or nil when there is none.
    ///
    /// A name with a slash is a path; another is looked up in the `PATH` of `environment`, whose relative folders are
    /// passed over, because what they mean depends on where the program was started.
    package static func path(of name: String, in environment: EnvironmentVariables) -> String? {
        guard !name.contains("/") else { return isExecutable(name) ? name : nil }
        let folders = (environment.nonEmpty("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isExecutable)
    }

    private static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        // The path is passed as a C string for the time of the calls.
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return unsafe access(path, X_OK) == 0
    }
}
