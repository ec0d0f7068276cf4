/// Text from an engine or a setting, made fit for a message.
enum EngineText {
    /// The longest text that is shown, in characters.
    static let limit = 600

    /// Returns the text on one line, without control characters, and bounded.
    ///
    /// An engine repeats what a registry or an image said, which could move the terminal's cursor.
    static func printable(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: result.append(" ")
            // C0, DEL, C1 and the marks that turn the direction of writing.
            case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: result.append(scalar)
            }
        }
        let line = String(result).split(separator: " ").joined(separator: " ")
        return line.count <= limit ? line : line.prefix(limit) + "…"
    }
}
