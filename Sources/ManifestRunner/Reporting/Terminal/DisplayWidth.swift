/// How many columns text takes on a terminal.
///
/// Code point by code point, as wcwidth(3) has it. A terminal that joins several into one picture shows them narrower than
/// this says, which leaves a gap; it never wraps a line that this says fits.
enum DisplayWidth {
    /// Returns the columns of a code point that is no control character: 0, 1 or 2.
    static func columns(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        // Vowels and final consonants of Hangul, which join the consonant before them.
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    /// Returns the columns of a text without control characters.
    static func columns(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// Returns a text of at most so many columns: itself, or its beginning and `…`.
    static func fitted(_ text: String, to limit: Int) -> String {
        guard limit > 0 else { return "" }
        guard columns(of: text) > limit else { return text }
        var result = String.UnicodeScalarView()
        var width = 0
        for scalar in text.unicodeScalars {
            width += columns(of: scalar)
            guard width < limit else { break }
            result.append(scalar)
        }
        return String(result) + "…"
    }

    /// Returns a text with spaces behind it, up to so many columns.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - columns(of: text), 0))
    }

    /// Whether it is wide or full-width (Unicode Standard Annex 11), or shown as an emoji by itself.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF,
            0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default:
            scalar.properties.isEmojiPresentation
        }
    }
}
