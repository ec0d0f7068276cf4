/// Text of XML or HTML that is being written: markup comes from literals alone, everything else is escaped.
struct MarkupText {
    private(set) var bytes: [UInt8] = []

    /// Adds markup, which is a literal of this program's.
    mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Adds text, for a place between tags or in a quoted attribute.
    ///
    /// Newlines stay; in an attribute of XML they would be read as spaces, so `isAttribute` writes them by number.
    mutating func text(_ text: some StringProtocol, isAttribute: Bool = false) {
        let utf8 = text.utf8
        var others: UInt8 = 0
        for byte in utf8 {
            others |=
                (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x3C || byte == 0x3E ? 1 : 0)
                | (byte == 0x26 || byte == 0x22 || byte == 0x27 ? 1 : 0)
        }
        guard others != 0 else { return bytes.append(contentsOf: utf8) }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": raw("&lt;")
            case ">": raw("&gt;")
            case "&": raw("&amp;")
            case "\"": raw("&quot;")
            case "'": raw("&#39;")
            case "\n" where isAttribute: raw("&#10;")
            case "\t" where isAttribute: raw("&#9;")
            case _ where scalar.value >= 0x20 && scalar.value < 0x7F:
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if let substitute = VisibleText.substitute(for: scalar) {
                    bytes.append(contentsOf: substitute.utf8)
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            }
        }
    }

    /// Adds an attribute with a space before it.
    mutating func attribute(_ name: StaticString, _ value: some StringProtocol) {
        raw(" ")
        raw(name)
        raw("=\"")
        text(value, isAttribute: true)
        raw("\"")
    }
}
