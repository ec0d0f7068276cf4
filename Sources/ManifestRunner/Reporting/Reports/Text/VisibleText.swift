internal import YAMLSource

/// Characters that no report may hold as they are: they cannot be in it, cannot be seen, or reorder what is around them.
enum VisibleText {
    /// Returns what stands for a character of a log, or nil for one that may stay.
    ///
    /// Controls become their pictures (U+2400 …). Tabs and newlines stay, and so do the joiners of scripts and emoji.
    static func substitute(for scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09, 0x0A: nil
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value).map(String.init)
        case 0x7F: "\u{2421}"
        case 0x20..<0x7F, 0x200C, 0x200D: nil
        case _ where scalar.value & 0xFFFE == 0xFFFE, 0xFDD0...0xFDEF: "\u{FFFD}"
        default:
            // What PrintableText escapes: invisible characters, and those that change the direction.
            PrintableText.escaped(scalar).unicodeScalars.count == 1 ? nil : PrintableText.escaped(scalar)
        }
    }
}
