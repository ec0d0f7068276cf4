/// One pattern of an ignore file, in the language of `.dockerignore` (moby/patternmatcher).
///
/// `*` and `?` match within one part of a path, `**` any number of parts, `[a-z]` and `[^a-z]` one character.
/// Matching takes time linear in the path for each part of the pattern, whatever the pattern is.
struct IgnorePattern: Sendable, Hashable {
    /// One step of a pattern.
    enum Step: Sendable, Hashable {
        case literal(Unicode.Scalar)
        /// One character other than `/`.
        case one
        /// Any characters other than `/`.
        case many
        /// One character of a class, or none of it.
        case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
        /// Nothing, or anything that ends with `/`: the start of it, and its inside.
        case folders
        case insideFolders
        /// Anything at all.
        case anything
    }

    /// Whether what matches is included again.
    let isInclusion: Bool
    private let steps: [Step]
    /// The whole pattern when it is nothing but literals, which is how most are.
    private let exact: [Unicode.Scalar]?

    /// Creates a pattern of a cleaned line, without its `!`; nil when its syntax is wrong.
    init?(_ text: String, isInclusion: Bool) {
        guard let steps = IgnorePatternParser.steps(of: Array(text.unicodeScalars)) else { return nil }
        self.isInclusion = isInclusion
        self.steps = steps
        var literals: [Unicode.Scalar]? = []
        for step in steps {
            if case .literal(let scalar) = step { literals?.append(scalar) } else { literals = nil }
        }
        exact = literals
    }

    /// Returns whether the path itself matches, whatever the folders above it do.
    func matches(_ path: [Unicode.Scalar]) -> Bool {
        if let exact { return path == exact }
        return run(path, throughFolders: false).isMatch
    }

    /// Returns whether something in the folder could match, or the folder or one in which it is does.
    func mayMatch(under folder: [Unicode.Scalar]) -> Bool {
        let result = run(folder + ["/"], throughFolders: true)
        return result.isMatch || result.isAlive
    }

    /// Runs all ways through the pattern at once: entry `n` of the state is that the first `n` steps are taken.
    ///
    /// With `throughFolders` it is a match, too, when a folder above the path matches.
    private func run(_ path: [Unicode.Scalar], throughFolders: Bool) -> (isMatch: Bool, isAlive: Bool) {
        // Most paths differ from most patterns in their first characters.
        var start = 0
        while start < steps.count, case .literal(let literal) = steps[start] {
            guard start < path.count else { return (false, true) }
            guard path[start] == literal else { return (false, false) }
            start += 1
        }
        var state = [Bool](repeating: false, count: steps.count + 1)
        var next = state
        state[start] = true
        skipEmpty(&state)
        for scalar in path[start...] {
            // What matches a folder matches everything in it.
            if throughFolders, scalar == "/", state[steps.count] { return (true, true) }
            advance(from: state, by: scalar, to: &next)
            skipEmpty(&next)
            guard next.contains(true) else { return (false, false) }
            swap(&state, &next)
        }
        return (state[steps.count], true)
    }

    private func advance(from state: [Bool], by scalar: Unicode.Scalar, to next: inout [Bool]) {
        for index in next.indices { next[index] = false }
        for (index, step) in steps.enumerated() where state[index] {
            switch step {
            case .literal(let literal): if scalar == literal { next[index + 1] = true }
            case .one: if scalar != "/" { next[index + 1] = true }
            case .many: if scalar != "/" { next[index] = true }
            case .oneOf(let ranges, let isNegated):
                if ranges.contains(where: { $0.contains(scalar) }) != isNegated { next[index + 1] = true }
            case .folders:
                next[index + 1] = true
                if scalar == "/" { next[index + 2] = true }
            case .insideFolders:
                next[index] = true
                if scalar == "/" { next[index + 1] = true }
            case .anything: next[index] = true
            }
        }
    }

    /// Adds the states that are reached without a character.
    private func skipEmpty(_ state: inout [Bool]) {
        for (index, step) in steps.enumerated() where state[index] {
            switch step {
            case .many, .anything: state[index + 1] = true
            case .folders: state[index + 2] = true
            case .literal, .one, .oneOf, .insideFolders: continue
            }
        }
    }
}
