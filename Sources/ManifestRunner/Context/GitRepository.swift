internal import ProcessEnvironment

/// What the commands are told of the repository around them, read from git's own files: no program of the
/// repository's configuration is run for it (gitrepository-layout(5)).
struct GitRepository: Sendable, Hashable {
    /// More than git's own files have, the packed references of a large repository included.
    private static let maximumBytes = 64 << 20

    /// The folder of the working tree.
    var folder: String?
    /// The branch that is checked out; nil when HEAD is detached.
    var branch: String?
    /// The commit that is checked out, as a hexadecimal name; nil before the first commit.
    var commit: String?
    /// The URL of `origin`, or of the first remote.
    var remoteURL: String?

    /// Returns the repository that `directory` is in, or nil when it is in none.
    static func find(from directory: String) -> GitRepository? {
        var folder = directory
        while true {
            if let gitFolder = gitFolder(in: folder) {
                var repository = read(gitFolder)
                repository.folder = folder
                return repository
            }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    private static func gitFolder(in folder: String) -> String? {
        let path = join(folder, ".git")
        if text(of: join(path, "HEAD")) != nil { return path }
        // In a worktree or a submodule .git is a file that names the folder.
        guard let file = text(of: path), file.hasPrefix("gitdir: ") else { return nil }
        return join(folder, file.dropFirst("gitdir: ".count).trimmed)
    }

    private static func read(_ gitFolder: String) -> GitRepository {
        var result = GitRepository()
        let common = text(of: join(gitFolder, "commondir")).map { join(gitFolder, $0.trimmed) } ?? gitFolder
        let head = (text(of: join(gitFolder, "HEAD")) ?? "").trimmed
        if head.hasPrefix("ref: ") {
            let reference = String(head.dropFirst("ref: ".count))
            if reference.hasPrefix("refs/heads/") { result.branch = String(reference.dropFirst("refs/heads/".count)) }
            result.commit =
                commit(text(of: join(common, reference))?.trimmed)
                ?? commit(packedReference(reference, in: text(of: join(common, "packed-refs")) ?? ""))
        } else {
            result.commit = commit(head)
        }
        result.remoteURL = remoteURL(in: text(of: join(common, "config")) ?? "")
        return result
    }

    static func packedReference(_ reference: String, in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ")
            if parts.count == 2, parts[1] == reference { return String(parts[0]) }
        }
        return nil
    }

    static func remoteURL(in config: String) -> String? {
        var section = ""
        var urls: [(remote: String, url: String)] = []
        for line in config.split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if line.hasPrefix("[") {
                section = line
            } else if section.hasPrefix("[remote \""), let equals = line.firstIndex(of: "="),
                line[..<equals].trimmed == "url"
            {
                let name = section.dropFirst("[remote \"".count).prefix { $0 != "\"" }
                urls.append((String(name), line[line.index(after: equals)...].trimmed))
            }
        }
        return (urls.first { $0.remote == "origin" } ?? urls.first)?.url
    }

    private static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// The text of a file; nil where there is none, or something else in its place that a read would wait for.
    private static func text(of path: String) -> String? {
        guard let file = try? RegularFile.read(path, limit: maximumBytes) else { return nil }
        return String(validating: file.bytes, as: UTF8.self)
    }

    /// The name of a commit, SHA-1 or SHA-256; nil for anything else, which a reference may lead to that is none.
    private static func commit(_ text: String?) -> String? {
        guard let text, text.utf8.count == 40 || text.utf8.count == 64, text.allSatisfy(\.isHexDigit) else {
            return nil
        }
        return text
    }
}

extension StringProtocol {
    /// The text without white space at both ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
