/// The colours of xterm's palette of 256 beyond the sixteen that every terminal has its own shades of.
enum TerminalColour {
    /// Returns the colour as `#rrggbb`: a cube of six levels a channel, then 24 greys.
    static func hexadecimal(_ number: UInt8) -> String {
        let index = Int(number) - 16
        let channels: [Int] =
            if index >= 216 {
                [Int](repeating: 8 + 10 * (index - 216), count: 3)
            } else {
                [index / 36, index / 6 % 6, index % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
            }
        return "#"
            + channels.map { value in
                let digits = String(max(value, 0), radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
