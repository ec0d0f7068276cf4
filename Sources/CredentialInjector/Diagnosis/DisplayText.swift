/// Text from outside, made fit to be shown: from a server, a token's claims, a helper program's standard error.
enum DisplayText {
    /// Returns `text` in one line without control characters, with what looks like a token blotted out, cut to `limit`.
    ///
    /// Control characters could steer the terminal, and directional ones could reorder a line. Each run of them
    /// becomes one space.
    static func clean(_ text: String, limit: Int = 400) -> String {
        // Cut first, so that a hostile text of megabytes costs nothing; the words are cut again below.
        let scalars = text.unicodeScalars.prefix(limit * 4).map { isControl($0) ? " " : $0 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let words = String(view).split(separator: " ").map(withoutTokens)
        let line = words.joined(separator: " ")
        return line.count > limit ? line.prefix(limit) + "…" : line
    }

    /// Returns `bytes` as by ``clean(_:limit:)``; what is no UTF-8 becomes U+FFFD.
    static func clean(_ bytes: [UInt8], limit: Int = 400) -> String {
        clean(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
    }

    /// A JWS begins with the base64url form of `{"`, so whatever follows `eyJ` in a word is taken for one.
    private static func withoutTokens(_ word: Substring) -> String {
        guard let start = firstToken(in: word) else { return String(word) }
        let rest = word[start...]
        let token = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.+/=".contains($0)) }
        return word[..<start] + "<redacted>" + withoutTokens(rest[token.endIndex...])
    }

    private static func firstToken(in word: Substring) -> Substring.Index? {
        var index = word.startIndex
        while index < word.endIndex {
            if word[index...].hasPrefix("eyJ") { return index }
            index = word.index(after: index)
        }
        return nil
    }
}
