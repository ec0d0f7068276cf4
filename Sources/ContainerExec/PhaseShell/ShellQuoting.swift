/// Text as a POSIX shell reads it.
enum ShellQuoting {
    /// Returns a text in single quotes, in which nothing but the quote itself is special.
    static func quote(_ text: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        let escaped = Array(#"'\''"#.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 8 + 2)
        result.append(quote)
        for byte in text {
            if byte == quote { result += escaped } else { result.append(byte) }
        }
        result.append(quote)
        return result
    }

    /// Returns a text in single quotes.
    static func quote(_ text: String) -> [UInt8] {
        quote(Array(text.utf8))
    }

    /// Whether a shell takes a name for a variable's (POSIX.1-2024, 3.216).
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        }
    }
}
