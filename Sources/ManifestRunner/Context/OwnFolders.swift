internal import CredentialInjector
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The folders in which okteto-run keeps things of its own from run to run, which no command may see: how tests ended, with
/// the key of the digests, and credentials that `--credentials-cache` has kept.
enum OwnFolders {
    /// Returns their absolute paths, as the environment names them and as they really are.
    static func paths(_ environment: EnvironmentVariables) -> [String] {
        let named = [try? StateFolder.path(environment), CredentialSettings.cachePath(environment)].compactMap(\.self)
        return named + named.compactMap(realPath).filter { !named.contains($0) }
    }

    /// Returns the paths relative to a folder of those that are in it.
    static func relative(to directory: String, environment: EnvironmentVariables) -> [String] {
        let roots = [directory, realPath(directory) ?? directory]
        let found = paths(environment).flatMap { path in
            roots.filter { path.hasPrefix($0 + "/") }.map { String(path.dropFirst($0.count + 1)) }
        }
        return Array(Set(found)).sorted()
    }

    /// A path without links in it; nil where there is nothing at it.
    private static func realPath(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
