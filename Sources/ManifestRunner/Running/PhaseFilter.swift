internal import ContainerExec
internal import ManifestModel

/// What of a phase's folder its commands see: what the ignore files leave, without what a cache hides.
final class PhaseFilter: Sendable {
    private let matcher: IgnoreMatcher
    private let hidden: [String]

    /// Creates a filter; `hidden` are paths relative to the folder, clean, that are left out with all that is in them.
    init(rules: IgnoreRules, hidden: [String] = []) {
        matcher = IgnoreMatcher(rules)
        self.hidden = hidden
    }

    /// Decides about a path relative to the folder.
    func decide(_ path: [UInt8], isFolder: Bool) -> WorkspaceDecision {
        let path = String(decoding: path, as: UTF8.self)
        // A file in the place of a cache would be in its way, too.
        if hidden.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) { return .exclude }
        guard matcher.excludes(path) else { return .include }
        return isFolder && matcher.mayInclude(under: path) ? .excludeButDescend : .exclude
    }
}
