/// Finds the name that was probably meant.
package enum Suggestion {
    /// Returns the known name nearest to `name`: at most 3 edits away, or 1 when the known name is 3 letters or fewer.
    ///
    /// These are the distances of Okteto's own suggestions.
    package static func nearest(to name: String, among known: [String]) -> String? {
        let letters = Array(name.unicodeScalars.prefix(64))
        var best: (name: String, distance: Int)?
        for candidate in known {
            let target = Array(candidate.unicodeScalars)
            let allowed = target.count <= 3 ? 1 : 3
            guard abs(target.count - letters.count) <= allowed else { continue }
            let distance = distance(letters, target)
            // Replacing every letter is no likeness.
            guard distance <= allowed, distance < max(letters.count, target.count) else { continue }
            if let found = best, found.distance <= distance { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// Returns the help line for an unknown name, or nil when nothing is like it.
    package static func help(for name: String, among known: [String]) -> String? {
        nearest(to: name, among: known).map { "did you mean \(PrintableText.quoted($0))?" }
    }

    /// Returns how many insertions, deletions and replacements turn one text into the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var previous = Array(0...right.count)
        var current = previous
        for (row, letter) in left.enumerated() {
            current[0] = row + 1
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                current[column + 1] = min(replaced, previous[column + 1] + 1, current[column] + 1)
            }
            swap(&previous, &current)
        }
        return previous[right.count]
    }
}
