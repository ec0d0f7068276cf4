/// What tells a repository apart from others, for caches and records.
enum RepositoryIdentity {
    /// Returns the URL of a remote without what logs in by it, which is a secret and changes.
    static func withoutLogin(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else {
            // `git@host:path`, where the user is part of the address and no secret.
            return url
        }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return "\(url[..<scheme.upperBound])\(authority)\(path)" }
        return "\(url[..<scheme.upperBound])\(authority[authority.index(after: at)...])\(path)"
    }

    /// Returns the repository of a manifest and the manifest's path in it.
    ///
    /// Without a remote, the repository is its folder; without a repository, the manifest's.
    static func of(
        manifest path: String,
        root: String,
        repository: GitRepository?
    ) -> (repository: String, manifest: String) {
        let folder = repository?.folder ?? root
        let manifest = path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
        return (repository?.remoteURL.map(withoutLogin) ?? folder, manifest)
    }
}
