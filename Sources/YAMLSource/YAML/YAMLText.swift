/// Checks on a text before libyaml sees it, so that each refusal says why and where.
enum YAMLText {
    /// Checks that the text is within the bounds, UTF-8, and made of characters that YAML allows.
    ///
    /// - Throws: ``YAMLError`` at the first place that is not.
    static func check(_ source: SourceText) throws(YAMLError) {
        let bytes = source.bytes
        guard bytes.count <= YAMLLimits.bytes else {
            throw YAMLError(
                "the file is larger than \(YAMLLimits.bytes >> 20) MiB",
                at: .start,
                help: "is this the right file?"
            )
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || (bytes.count >= 4 && (bytes[0] == 0) != (bytes[1] == 0))
        {
            throw YAMLError("the file is UTF-16 or UTF-32, not UTF-8", at: .start, help: "save it as UTF-8")
        }
        try checkCharacters(source)
        try checkDirectives(source)
    }

    private static func checkCharacters(_ source: SourceText) throws(YAMLError) {
        let bytes = source.bytes
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                index += 1
                continue
            }
            guard byte >= 0x80 else {
                let what = byte == 0 ? "a NUL byte" : "the control character \(hex(UInt32(byte)))"
                throw YAMLError(
                    "\(what) is not allowed in YAML",
                    at: source.mark(atByte: index),
                    help: byte == 0 ? "is this a text file?" : "write it as an escape in double quotes"
                )
            }
            guard let scalar = scalar(in: bytes, at: index) else {
                throw YAMLError(
                    "the file is not valid UTF-8: unexpected byte \(hex(UInt32(byte)))",
                    at: source.mark(atByte: index),
                    help: "save it as UTF-8"
                )
            }
            switch scalar.value {
            case 0x85, 0xA0...0xFFFD, 0x10000...0x10FFFF: index += UTF8.width(scalar)
            default:
                throw YAMLError(
                    "the control character \(hex(scalar.value)) is not allowed in YAML",
                    at: source.mark(atByte: index),
                    help: "write it as an escape in double quotes"
                )
            }
        }
    }

    private static func checkDirectives(_ source: SourceText) throws(YAMLError) {
        var count = 0
        var previous: UInt8 = 0x0A
        for (index, byte) in source.bytes.enumerated() {
            if byte == UInt8(ascii: "%"), previous == 0x0A || previous == 0x0D {
                count += 1
                guard count <= YAMLLimits.directives else {
                    throw YAMLError(
                        "more than \(YAMLLimits.directives) lines begin with '%'",
                        at: source.mark(atByte: index)
                    )
                }
            }
            previous = byte
        }
    }

    /// Returns the code point whose UTF-8 begins at `index`, or nil when there is none.
    private static func scalar(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return scalar
    }

    private static func hex(_ value: UInt32) -> String {
        "0x" + String(value, radix: 16, uppercase: true)
    }
}
