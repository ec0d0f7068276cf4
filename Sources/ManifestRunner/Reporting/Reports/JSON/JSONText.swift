/// JSON that is being written, with the commas where they belong.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Adds an object, whose members `body` adds.
    mutating func object(_ body: (inout JSONText) -> Void) { group("{", "}", body) }

    /// Adds an array, whose elements `body` adds.
    mutating func array(_ body: (inout JSONText) -> Void) { group("[", "]", body) }

    private mutating func group(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONText) -> Void) {
        comma()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    /// Begins a member; its value comes next.
    mutating func name(_ name: StaticString) {
        string("\(name)")
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Adds a string, or null.
    mutating func string(_ text: String?) {
        guard let text else { return literal("null") }
        literal(JSONLine.quote(text))
    }

    /// Adds a string of lines as commands print them, a newline behind each; bytes that are no UTF-8 become U+FFFD.
    mutating func string(of lines: some Sequence<ArraySlice<UInt8>>) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        for line in lines {
            if Self.isPlain(line) {
                bytes.append(contentsOf: line)
            } else {
                bytes += JSONLine.quote(String(decoding: line, as: UTF8.self)).utf8.dropFirst().dropLast()
            }
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(UInt8(ascii: "n"))
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Adds a number, true, false or null.
    mutating func literal(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    mutating func seconds(_ duration: Duration) { literal(SecondsText.exact(duration)) }

    /// Begins a new line of the file, for whoever looks at it.
    mutating func newline() {
        comma()
        needsComma = false
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    /// Whether a line is the same in JSON: one test over all bytes, without a branch, which the compiler vectorizes.
    private static func isPlain(_ line: ArraySlice<UInt8>) -> Bool {
        unsafe line.withUnsafeBytes { bytes in
            var others: UInt8 = 0
            for index in 0..<bytes.count {
                let byte = unsafe bytes[index]
                others |= (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
            }
            return others == 0
        }
    }
}
