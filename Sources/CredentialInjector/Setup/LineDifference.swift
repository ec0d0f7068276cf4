/// The difference of two short texts, line by line.
package enum LineDifference {
    /// Returns all lines: those of both with two spaces before them, those of `old` alone with `- `, those of `new` alone
    /// with `+ `.
    package static func lines(from old: String, to new: String) -> [String] {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let difference = after.difference(from: before)
        let removed = Set(difference.removals.map(Self.offset))
        let inserted = Set(difference.insertions.map(Self.offset))
        var result: [String] = []
        var index = 0
        for (place, line) in before.enumerated() {
            if removed.contains(place) {
                result.append("- " + line)
                continue
            }
            while inserted.contains(index) {
                result.append("+ " + after[index])
                index += 1
            }
            result.append("  " + line)
            index += 1
        }
        result += after[min(index, after.count)...].map { "+ " + $0 }
        return result
    }

    private static func offset(_ change: CollectionDifference<String>.Change) -> Int {
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
