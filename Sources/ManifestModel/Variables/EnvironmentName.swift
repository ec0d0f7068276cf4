/// Infers what a development environment is called.
package enum EnvironmentName {
    /// Returns the first that is there and not empty: the flag, the manifest's name, the name of the Git repository,
    /// `OKTETO_NAME` when there is no repository, and the folder's name.
    ///
    /// `remoteURL` is the address of the remote `origin`, or of the first one; `folder` is the path of the root.
    package static func infer(
        flag: String? = nil,
        manifest: String? = nil,
        remoteURL: String? = nil,
        oktetoName: String? = nil,
        folder: String
    ) -> String {
        let candidates = [
            flag, manifest, remoteURL.flatMap(repository(of:)), oktetoName, PathText.lastComponent(of: folder),
        ]
        for case let candidate? in candidates where !candidate.isEmpty { return candidate }
        return "okteto"
    }

    /// Returns the last part of a remote's address without `.git`, of either form (`https://…/a.git`, `git@…:b/a`).
    package static func repository(of remoteURL: String) -> String? {
        let end = remoteURL.firstIndex { $0 == "?" || $0 == "#" } ?? remoteURL.endIndex
        guard let last = remoteURL[..<end].split(whereSeparator: { $0 == "/" || $0 == ":" }).last else { return nil }
        let name = last.hasSuffix(".git") ? last.dropLast(4) : last
        return name.isEmpty ? nil : String(name)
    }
}
