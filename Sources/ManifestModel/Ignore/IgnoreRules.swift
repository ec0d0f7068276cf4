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

    /// Returns whether a path, relative to the context, is left out of the workspace.
    ///
    /// A path in an excluded folder is excluded too, unless a later pattern includes it again. Patterns make no
    /// difference between files and folders. The context itself (`.`) is never excluded.
    package func excludes(_ path: String, isDirectory: Bool) -> Bool {
        let scalars = Array(PathText.clean(path).unicodeScalars)
        guard !patterns.isEmpty, scalars != ["."] else { return false }
        var isExcluded = false
        // A pattern that could change nothing is not tried.
        for pattern in patterns where pattern.isInclusion == isExcluded && pattern.matches(scalars) {
            isExcluded = !pattern.isInclusion
        }
        return isExcluded
    }

    /// Returns whether something in a folder may be included: when not, a walker need not enter the folder.
    ///
    /// The answer errs on the side of true.
    package func mayContainIncluded(under directory: String) -> Bool {
        guard excludes(directory, isDirectory: true) else { return true }
        guard hasInclusions else { return false }
        let scalars = Array(PathText.clean(directory).unicodeScalars)
        return patterns.contains { $0.isInclusion && $0.mayMatch(under: scalars) }
    }
}
