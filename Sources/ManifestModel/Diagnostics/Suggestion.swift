/// Finds the word that somebody meant.
package enum Suggestion {
    /// Returns the closest of `candidates`: at most three edits away, or one where the candidate is short.
    package static func closest(to word: String, among candidates: [String]) -> String? {
        let ranked = candidates.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
        return
            ranked
            .filter { $0.distance <= ($0.word.count <= 3 ? 1 : 3) && $0.distance < $0.word.count }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    /// The Levenshtein distance; words are cut at 64 characters, where no suggestion makes sense any more.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.prefix(64))
        let right = Array(right.prefix(64))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let substituted = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
