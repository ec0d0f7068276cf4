internal import Synchronization

/// ``IgnoreRules`` for a walk through a tree: it keeps what it found for the folders above the last path.
package final class IgnoreMatcher: Sendable {
    private struct Folder {
        let name: Substring
        let result: IgnoreResult
    }

    private let rules: IgnoreRules
    private let folders = Mutex<[Folder]>([])

    /// Creates a matcher that has seen nothing.
    package init(_ rules: IgnoreRules) {
        self.rules = rules
    }

    /// Returns whether a path, relative to the context and clean, is left out of the workspace.
    package func excludes(_ path: String) -> Bool {
        guard !rules.isEmpty else { return false }
        return folders.withLock { folders in
            let parts = path.split(separator: "/")
            var depth = 0
            while depth < min(folders.count, parts.count - 1), folders[depth].name == parts[depth] { depth += 1 }
            folders.removeLast(folders.count - depth)
            while depth < parts.count - 1 {
                let folder = path[..<parts[depth].endIndex]
                let result = rules.result(for: Array(folder.unicodeScalars), below: folders.last?.result)
                folders.append(Folder(name: parts[depth], result: result))
                depth += 1
            }
            return rules.result(for: Array(path.unicodeScalars), below: folders.last?.result).isExcluded
        }
    }

    /// Returns whether something in an excluded folder may be included: when not, a walker need not enter it.
    ///
    /// The answer errs on the side of true.
    package func mayInclude(under folder: String) -> Bool {
        rules.mayInclude(under: folder)
    }
}
