/// How text of unknown origin is shown, so that it can't control a terminal or mislead a reader.
package enum PrintableText {
    /// Returns the text on one line, control and bidirectional characters escaped, cut after `limit` code points.
    package static func escaped(_ text: String, limit: Int = .max) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit { return result + "…" }
            result += escaped(scalar)
            count += 1
        }
        return result
    }

    /// Returns a name in quotes, as messages cite one.
    package static func quoted(_ text: String) -> String {
        "'" + escaped(text, limit: 60) + "'"
    }

    /// Returns what stands for a code point: itself, or its escape.
    package static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        // Controls, what is invisible, and what changes the direction of the text around it.
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        default: String(scalar)
        }
    }
}
