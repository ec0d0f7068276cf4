internal import Synchronization

/// ``IgnoreRules`` for a walk through a tree: it keeps what it found for the folders above the last path.
package final class IgnoreMatcher: Sendable {
    private struct Folder {
        let name: Substring.UnicodeScalarView
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
            // By code points: a slash and a mark that combines with it are one character, and names that differ in how
            // a letter is composed are equal as texts and not as folders.
            let scalars = path.unicodeScalars
            let parts = scalars.split(separator: "/")
            var depth = 0
            while depth < min(folders.count, parts.count - 1), folders[depth].name.elementsEqual(parts[depth]) {
                depth += 1
            }
            folders.removeLast(folders.count - depth)
            while depth < parts.count - 1 {
                let folder = Array(scalars[..<parts[depth].endIndex])
                let result = rules.result(for: folder, below: folders.last?.result)
                folders.append(Folder(name: parts[depth], result: result))
                depth += 1
            }
            return rules.result(for: Array(scalars), below: folders.last?.result).isExcluded
        }
    }

    /// Returns whether something in an excluded folder may be included: when not, a walker need not enter it.
    ///
    /// The answer errs on the side of true.
    package func mayInclude(under folder: String) -> Bool {
        rules.mayInclude(under: folder)
    }
}
