package import ProcessEnvironment

/// Where kubeconfig files are looked for.
package struct KubeConfigFiles: Sendable, Hashable {
    /// The paths, the first of which counts most.
    package let paths: [String]
    /// Whether the one path was named, so that it must be there.
    package let isExplicit: Bool
    /// What named them, for messages.
    package let origin: String

    /// Chooses as kubectl does: the file that is named, else those of `KUBECONFIG`, else `~/.kube/config`.
    ///
    /// `environment` is what the process was started with: never what a `.env` file of the repository added.
    package init(named path: String?, environment: EnvironmentVariables) {
        if let path {
            (paths, isExplicit, origin) = ([path], true, "--kubeconfig")
        } else if let list = environment.nonEmpty("KUBECONFIG") {
            var seen: Set<String> = []
            paths = list.split(separator: ":").map(String.init).filter { seen.insert($0).inserted }
            (isExplicit, origin) = (false, "variable KUBECONFIG")
        } else {
            paths = environment.nonEmpty("HOME").map { [$0 + "/.kube/config"] } ?? []
            (isExplicit, origin) = (false, "the default")
        }
    }

    /// Whether one of the files is there.
    package var areThere: Bool {
        paths.contains { path in
            // A file that is too large or not readable is there, and its error is shown where it is used.
            do throws(RegularFileError) {
                _ = try RegularFile.read(path, limit: KubeConfig.maximumBytes)
                return true
            } catch {
                return error != .missing
            }
        }
    }
}
