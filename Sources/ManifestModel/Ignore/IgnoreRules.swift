/// What of a folder a phase does not see: the rules of `.oktetoignore`.
///
/// The file has sections. Lines before any header hold for every phase, `[deploy]` and `[destroy]` for those, `[test]`
/// for all tests and `[test.NAME]` for one. Of several patterns that match a path the last decides; `!` takes back.
package struct IgnoreRules: Sendable, Hashable {
    private let patterns: [IgnorePattern]

    /// Reads the rules of the sections that hold for a phase, such as `["deploy"]` or `["test", "test.unit"]`.
    package init(_ text: String, sections: [String]) {
        var bySection: [String: [IgnorePattern]] = [:]
        var section = ""
        for line in text.split(whereSeparator: \.isNewline) {
            var trimmed = line.drop(while: \.isWhitespace)
            while trimmed.last?.isWhitespace ?? false { trimmed.removeLast() }
            if trimmed.hasPrefix("["), trimmed.hasSuffix("]") {
                section = String(trimmed.dropFirst().dropLast())
            } else if let pattern = IgnorePattern(String(trimmed)) {
                bySection[section, default: []].append(pattern)
            }
        }
        patterns = ([""] + sections).flatMap { bySection[$0] ?? [] }
    }

    /// Whether nothing is excluded.
    package var isEmpty: Bool { patterns.isEmpty }

    /// Whether what is excluded may hold something that is not, so that a walk must go into excluded folders.
    package var hasExceptions: Bool { patterns.contains(where: \.isException) }

    /// Returns whether the phase does not see a path, given in bytes and relative to the context folder.
    package func excludes(_ path: [UInt8]) -> Bool {
        let parts = path.split(separator: UInt8(ascii: "/")).map(Array.init)
        guard !parts.isEmpty else { return false }
        var isExcluded = false
        for pattern in patterns where pattern.isException == isExcluded && pattern.matches(parts) {
            isExcluded.toggle()
        }
        return isExcluded
    }
}
