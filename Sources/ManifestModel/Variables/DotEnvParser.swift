internal import ProcessEnvironment
internal import YAMLSource

/// Reads a dotenv text from its start to its end; linear in its length.
struct DotEnvParser {
    /// A line that can't be used, and why.
    private struct BadLine: Error {
        let message: String
    }

    /// The longest value, in bytes: Linux takes no longer one, and values that repeat earlier ones grow fast.
    private static let valueLimit = 128 << 10

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var values: [String: [UInt8]] = [:]
    private var result = DotEnv.Contents()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func contents() -> DotEnv.Contents {
        while index < bytes.count {
            skipBlanks()
            guard index < bytes.count else { break }
            if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "#") {
                skipLine()
                continue
            }
            let start = (index: index, line: line)
            do throws(BadLine) {
                let name = try name()
                let value = try value()
                values[name] = value
                result.variables.set(name, to: Secret(bytes: value))
                result.lines[name] = start.line
            } catch {
                // Only the line on which it began is lost, even when a quote ran on to the end.
                (index, line) = start
                result.warnings.append(DotEnvWarning(line: line, message: error.message))
            }
            skipLine()
        }
        return result
    }

    private mutating func name() throws(BadLine) -> String {
        let export = Array("export".utf8)
        if bytes[index...].starts(with: export), index + 6 < bytes.count, isBlank(bytes[index + 6]) {
            index += export.count
            skipBlanks()
        }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") {
                let name = String(decoding: trimmedEnd(bytes[start..<index]), as: UTF8.self)
                index += 1
                try check(name)
                return name
            }
            index += 1
        }
        throw BadLine(message: "it has no '=': write NAME=value")
    }

    private func check(_ name: String) throws(BadLine) {
        guard !name.isEmpty else { throw BadLine(message: "there is no name before '='") }
        for scalar in name.unicodeScalars {
            if scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil { continue }
            if scalar.properties.isWhitespace { throw BadLine(message: "a name can't contain a blank") }
            throw BadLine(
                message: "'\(PrintableText.escaped(scalar))' can't be in a name: use letters, digits and '_'"
            )
        }
    }

    private mutating func value() throws(BadLine) -> [UInt8] {
        skipBlanks()
        let quote = index < bytes.count ? bytes[index] : 0
        let value: [UInt8]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            value = try quoted(quote)
        } else {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            value = try expanded(Array(trimmedEnd(bytes[start..<index])))
        }
        guard !value.contains(0) else { throw BadLine(message: "its value contains a NUL byte") }
        guard value.count <= Self.valueLimit else { throw BadLine(message: "its value is longer than 128 KiB") }
        return value
    }

    private mutating func quoted(_ quote: UInt8) throws(BadLine) -> [UInt8] {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != quote {
            // A backslash takes the next byte with it, so that a quote can be in the text.
            let isEscape = bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count
            for _ in 0..<(isEscape ? 2 : 1) {
                if bytes[index] == UInt8(ascii: "\n") { line += 1 }
                index += 1
            }
        }
        guard index < bytes.count else { throw BadLine(message: "its quote is not closed") }
        let text = Array(bytes[start..<index])
        index += 1
        skipBlanks()
        guard index == bytes.count || bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "#") else {
            throw BadLine(message: "something follows the closing quote")
        }
        return quote == UInt8(ascii: "'") ? text : try expanded(unescaped(text))
    }

    /// Decodes `\n` and `\r` and takes every other escaped byte as it is, but leaves `\$` to the expansion.
    private func unescaped(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < text.count {
            guard text[position] == UInt8(ascii: "\\"), position + 1 < text.count else {
                result.append(text[position])
                position += 1
                continue
            }
            switch text[position + 1] {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "$"): result += [UInt8(ascii: "\\"), UInt8(ascii: "$")]
            case let other: result.append(other)
            }
            position += 2
        }
        return result
    }

    /// Replaces `$NAME` and `${NAME}`, of upper-case letters, digits and `_`, by earlier variables of the text.
    private func expanded(_ text: [UInt8]) throws(BadLine) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < text.count {
            let isEscaped = text[position] == UInt8(ascii: "\\")
            let dollar = position + (isEscaped ? 1 : 0)
            guard dollar < text.count, text[dollar] == UInt8(ascii: "$") else {
                result.append(text[position])
                position += 1
                continue
            }
            let isBraced = dollar + 1 < text.count && text[dollar + 1] == UInt8(ascii: "{")
            let name = text[(dollar + (isBraced ? 2 : 1))...].prefix { byte in
                byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            }
            if isEscaped || name.isEmpty {
                result.append(UInt8(ascii: "$"))
                position = dollar + 1
                continue
            }
            result += values[String(decoding: name, as: UTF8.self)] ?? []
            guard result.count <= Self.valueLimit else { throw BadLine(message: "its value is longer than 128 KiB") }
            position = name.endIndex
            if isBraced, position < text.count, text[position] == UInt8(ascii: "}") { position += 1 }
        }
        return result
    }

    private mutating func skipBlanks() {
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    }

    private mutating func skipLine() {
        while index < bytes.count {
            index += 1
            if bytes[index - 1] == UInt8(ascii: "\n") {
                line += 1
                return
            }
        }
    }

    private func trimmedEnd(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = slice
        while let last = slice.last, isBlank(last) { slice.removeLast() }
        return slice
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || (0x0B...0x0D).contains(byte)
    }
}
