/// How a terminal would show a piece of text (ECMA-48, Select Graphic Rendition).
struct TextStyle: Sendable, Hashable {
    /// The colour of the letters, a number of xterm's 256; nil is the terminal's own.
    var foreground: UInt8?
    /// The colour behind them.
    var background: UInt8?
    var isBold = false
    var isFaint = false
    var isItalic = false
    var isUnderlined = false
    var isInverse = false
    var isStruck = false

    /// Takes over the parameters of one sequence, the numbers between `ESC [` and `m`.
    ///
    /// What it does not know changes nothing. A colour of 24 bits becomes the nearest of the 256.
    mutating func apply(_ parameters: String) {
        // Colons are the standard's own separator within a colour, semicolons the usual one.
        var rest = parameters.split(separator: /[;:]/, omittingEmptySubsequences: false).map { Int($0) ?? 0 }[...]
        while let code = rest.popFirst() {
            switch code {
            case 0: self = TextStyle()
            case 1: isBold = true
            case 2: isFaint = true
            case 3: isItalic = true
            case 4: isUnderlined = true
            case 7: isInverse = true
            case 9: isStruck = true
            case 22: (isBold, isFaint) = (false, false)
            case 23: isItalic = false
            case 24: isUnderlined = false
            case 27: isInverse = false
            case 29: isStruck = false
            case 30...37: foreground = UInt8(code - 30)
            case 38: foreground = Self.colour(&rest) ?? foreground
            case 39: foreground = nil
            case 40...47: background = UInt8(code - 40)
            case 48: background = Self.colour(&rest) ?? background
            case 49: background = nil
            case 90...97: foreground = UInt8(code - 82)
            case 100...107: background = UInt8(code - 92)
            default: break
            }
        }
    }

    /// Takes the rest of `38;5;n` or `38;2;r;g;b`.
    private static func colour(_ rest: inout ArraySlice<Int>) -> UInt8? {
        switch rest.popFirst() {
        case 5: return rest.popFirst().flatMap { UInt8(exactly: $0) }
        case 2:
            guard rest.count >= 3 else {
                rest = []
                return nil
            }
            let parts = rest.prefix(3).map { min(max($0, 0), 255) }
            rest = rest.dropFirst(3)
            return nearest(red: parts[0], green: parts[1], blue: parts[2])
        default: return nil
        }
    }

    /// The colour of xterm's cube of six levels a channel, 0 and 95 to 255 by 40, that is nearest.
    private static func nearest(red: Int, green: Int, blue: Int) -> UInt8 {
        func level(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
        return UInt8(16 + 36 * level(red) + 6 * level(green) + level(blue))
    }
}
