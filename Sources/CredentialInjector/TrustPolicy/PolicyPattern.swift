/// A value of a policy after its variables were put in: literal characters and wildcards.
struct PolicyPattern: Sendable, Hashable {
    /// One part of a pattern.
    enum Part: Sendable, Hashable {
        case literal(Unicode.Scalar)
        /// `*`: any characters, or none.
        case anyText
        /// `?`: exactly one character.
        case anyScalar
    }

    let parts: [Part]

    /// Creates a pattern of parts.
    init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Creates a pattern of text in which `*` and `?` are wildcards.
    init(_ text: String) {
        parts = text.unicodeScalars.map { $0 == "*" ? .anyText : $0 == "?" ? .anyScalar : .literal($0) }
    }

    /// The text for operators that know no wildcards.
    var literalText: String {
        var view = String.UnicodeScalarView()
        for part in parts {
            switch part {
            case .literal(let scalar): view.append(scalar)
            case .anyText: view.append("*")
            case .anyScalar: view.append("?")
            }
        }
        return String(view)
    }

    /// Returns whether the whole of `text` is what the pattern stands for, with regard to case.
    ///
    /// Linear in memory and at worst the product of both lengths in time: only the last `*` is ever gone back to.
    func matches(_ text: some StringProtocol) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (part, scalar) = (0, 0)
        var star: (part: Int, scalar: Int)?
        while scalar < scalars.count {
            if part < parts.count, parts[part] == .anyText {
                star = (part, scalar)
                part += 1
            } else if part < parts.count, parts[part] == .anyScalar || parts[part] == .literal(scalars[scalar]) {
                part += 1
                scalar += 1
            } else if let last = star {
                star = (last.part, last.scalar + 1)
                part = last.part + 1
                scalar = last.scalar + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .anyText }
    }

    /// Returns whether `text` is an ARN whose six parts match this pattern's one by one.
    ///
    /// As IAM has it, a wildcard does not reach across a colon, except in the last part.
    func matchesARN(_ text: String) -> Bool {
        let colon = Part.literal(":")
        let wanted = parts.split(separator: colon, maxSplits: 5, omittingEmptySubsequences: false)
        let found = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard wanted.count == 6, found.count == 6 else { return false }
        return zip(wanted, found).allSatisfy { PolicyPattern(Array($0)).matches($1) }
    }
}
