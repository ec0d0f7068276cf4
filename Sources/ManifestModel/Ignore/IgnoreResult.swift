/// How the patterns of ``IgnoreRules`` took one path, from which the paths below it follow.
struct IgnoreResult: Sendable, Hashable {
    /// Whether the path is left out.
    let isExcluded: Bool
    /// For each pattern, whether it matched the path or a folder above it.
    let matched: [Bool]
}
