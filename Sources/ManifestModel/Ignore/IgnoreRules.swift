/// The patterns that hold for one phase, in order; later ones win.
package struct IgnoreRules: Sendable, Hashable {
    private let patterns: [IgnorePattern]
    private let hasInclusions: Bool

    init(_ patterns: [IgnorePattern]) {
        self.patterns = patterns
        hasInclusions = patterns.contains(where: \.isInclusion)
    }

    /// The rules that exclude nothing.
    package static let none = IgnoreRules([])

    /// Whether nothing is excluded.
    package var isEmpty: Bool { patterns.isEmpty }

    /// Returns these rules with others before them.
    package func preceded(by others: IgnoreRules) -> IgnoreRules {
        IgnoreRules(others.patterns + patterns)
    }

    /// Returns whether a path, relative to the context, is left out of the workspace.
    ///
    /// A path in an excluded folder is excluded too, unless a later pattern includes it again. Patterns make no
    /// difference between files and folders. The context itself (`.`) is never excluded. ``IgnoreMatcher`` answers
    /// faster for the paths of a whole tree.
    package func excludes(_ path: String, isDirectory: Bool) -> Bool {
        let path = PathText.clean(path)
        return path != "." && IgnoreMatcher(self).excludes(path)
    }

    /// Returns whether something in a folder may be included: when not, a walker need not enter the folder.
    ///
    /// The answer errs on the side of true.
    package func mayContainIncluded(under directory: String) -> Bool {
        !excludes(directory, isDirectory: true) || mayInclude(under: directory)
    }

    /// Takes the patterns through one path, given the result for the folder that it is in.
    ///
    /// As in BuildKit, a pattern that could change nothing at its turn is not tried, and so does not count for what is
    /// below either: after `a/b`, the pattern `!a` includes `a/c` but not `a/b`.
    func result(for path: [Unicode.Scalar], below folder: IgnoreResult?) -> IgnoreResult {
        var isExcluded = false
        var matched = [Bool](repeating: false, count: patterns.count)
        for (index, pattern) in patterns.enumerated() {
            if folder?.matched[index] != true {
                guard pattern.isInclusion == isExcluded, pattern.matches(path) else { continue }
            }
            matched[index] = true
            isExcluded = !pattern.isInclusion
        }
        return IgnoreResult(isExcluded: isExcluded, matched: matched)
    }

    func mayInclude(under directory: String) -> Bool {
        guard hasInclusions else { return false }
        let scalars = Array(PathText.clean(directory).unicodeScalars)
        return patterns.contains { $0.isInclusion && $0.mayMatch(under: scalars) }
    }
}
