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
    mutating func text(_ text: String, isAttribute: Bool = false) {
        var text = text
        text.withUTF8 { unsafe self.text(UnsafeRawBufferPointer($0), isAttribute: isAttribute) }
    }

    /// Adds text of bytes as commands print them; those that are no UTF-8 become U+FFFD.
    mutating func text(_ text: ArraySlice<UInt8>) {
        unsafe text.withUnsafeBytes { unsafe self.text($0, isAttribute: false) }
    }

    private mutating func text(_ text: UnsafeRawBufferPointer, isAttribute: Bool) {
        // What nearly every line of a log is: one test over all bytes, without a branch, which the compiler vectorizes.
        var special: UInt8 = 0
        var beyond: UInt8 = 0
        for index in 0..<text.count {
            let byte = unsafe text[index]
            special |= (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x3C ? 1 : 0) | (byte == 0x3E ? 1 : 0)
            special |= (byte == 0x26 ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x27 ? 1 : 0)
            beyond |= byte & 0x80
        }
        if special == 0 { return unsafe bytes.append(contentsOf: text) }
        guard beyond != 0 else {
            for index in 0..<text.count { unsafe scalar(Unicode.Scalar(text[index]), isAttribute) }
            return
        }
        for scalar in unsafe String(decoding: text, as: UTF8.self).unicodeScalars { self.scalar(scalar, isAttribute) }
    }

    private mutating func scalar(_ scalar: Unicode.Scalar, _ isAttribute: Bool) {
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

    /// Adds an attribute with a space before it.
    mutating func attribute(_ name: StaticString, _ value: String) {
        raw(" ")
        raw(name)
        raw("=\"")
        text(value, isAttribute: true)
        raw("\"")
    }
}
