/// What a terminal would show of a stream, line by line: styles taken from its escape sequences, all others left out.
///
/// A carriage return within a line begins it anew, as progress bars do, and a backspace takes back a character.
struct StyledLineReader {
    /// The style in which the next line begins.
    private var style = TextStyle()

    /// Returns a line in runs of one style, or nil where it is without any style and as it came.
    mutating func read(_ line: ArraySlice<UInt8>) -> [StyledRun]? {
        guard Self.hasSteering(line) else {
            return style == TextStyle() ? nil : line.isEmpty ? [] : [StyledRun(bytes: line, style: style)]
        }
        var runs: [(bytes: [UInt8], style: TextStyle)] = []
        // Whether the next character belongs to the last run.
        var isOpen = false
        var rest = Array(String(decoding: line, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}":
                guard let parameters = Self.takeSequence(&rest) else { continue }
                isOpen = false
                style.apply(parameters)
            case "\r":
                // One at the end of the line is part of its end.
                guard !rest.isEmpty else { continue }
                runs = []
                isOpen = false
            case "\u{8}":
                guard let last = runs.indices.last else { continue }
                // In place: a copy for each backspace would cost as much as the line is long.
                while let byte = runs[last].bytes.popLast(), byte & 0xC0 == 0x80 {}
                guard runs[last].bytes.isEmpty else { continue }
                runs.removeLast()
                isOpen = false
            default:
                if !isOpen { runs.append(([], style)) }
                isOpen = true
                runs[runs.count - 1].bytes.append(contentsOf: scalar.utf8)
            }
        }
        return runs.map { StyledRun(bytes: $0.bytes[...], style: $0.style) }
    }

    /// Whether there is an escape, a carriage return or a backspace: one test over all bytes, without a branch, which the
    /// compiler vectorizes.
    private static func hasSteering(_ line: ArraySlice<UInt8>) -> Bool {
        unsafe line.withUnsafeBytes { bytes in
            var found: UInt8 = 0
            for index in 0..<bytes.count {
                let byte = unsafe bytes[index]
                found |= (byte == 0x1B ? 1 : 0) | (byte == 0x0D ? 1 : 0) | (byte == 0x08 ? 1 : 0)
            }
            return found != 0
        }
    }

    /// Takes the rest of a sequence after ESC, and returns the parameters where it sets a style.
    private static func takeSequence(_ rest: inout ArraySlice<Unicode.Scalar>) -> String? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case "[":
            let parameters = rest.prefix { (0x30...0x3F).contains($0.value) }
            let intermediates = rest[parameters.endIndex...].prefix { (0x20...0x2F).contains($0.value) }
            rest = rest[intermediates.endIndex...]
            guard let final = rest.first, (0x40...0x7E).contains(final.value) else { return nil }
            rest = rest.dropFirst()
            guard final == "m", intermediates.isEmpty, parameters.count <= 64 else { return nil }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: parameters)
            return String(text)
        case "]", "P", "X", "^", "_":
            // A string for the terminal, such as a title or a link's target, up to BEL or ESC \; without an end in this
            // line it is not one.
            guard let end = rest.firstIndex(where: { $0 == "\u{7}" || $0 == "\u{1B}" }) else { return nil }
            let isEscape = rest[end] == "\u{1B}"
            rest = rest[(end + 1)...]
            if isEscape, rest.first == "\\" { rest = rest.dropFirst() }
            return nil
        case _ where (0x20...0x2F).contains(kind.value):
            let more = rest.prefix { (0x20...0x2F).contains($0.value) }
            rest = rest[more.endIndex...].dropFirst()
            return nil
        default: return nil
        }
    }
}
