package import ProcessEnvironment

/// The forms in which a secret may come out of a command.
package enum SecretForms {
    /// The least length of a form.
    ///
    /// Shorter ones would hide ordinary words, and slow the search down.
    package static let minimumLength = 8

    /// Returns the secret's bytes, and their base64 at every alignment and broken into lines, percent-encoded,
    /// JSON-escaped, XML-escaped and hexadecimal forms, each once; of a text of several lines, also each line alone.
    package static func all(of secret: Secret) -> [[UInt8]] {
        let lines = secret.bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
        let values = [secret.bytes] + (lines.count > 1 ? lines : [])
        var forms: [[UInt8]] = []
        for value in values {
            forms.append(value)
            for alphabet in [base64Alphabet, base64URLAlphabet] {
                for shift in 0..<3 { forms.append(base64(value, shift: shift, alphabet: alphabet)) }
            }
            forms += [76, 64].flatMap { wrapped(base64(value, shift: 0, alphabet: base64Alphabet), width: $0) }
            for digits in [upperDigits, lowerDigits] {
                forms.append(percentEncoded(value, digits: digits))
                forms.append(value.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
            }
            forms.append(escaped(value, ["\"": "\\\"", "\\": "\\\\", "\n": "\\n"]))
            forms.append(escaped(value, ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "/": "\\/"]))
            forms.append(escaped(value, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "+": "&#43;"]))
        }
        var seen: Set<[UInt8]> = []
        return forms.filter { $0.count >= minimumLength && seen.insert($0).inserted }
    }

    private static let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let base64URLAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )
    private static let upperDigits = Array("0123456789ABCDEF".utf8)
    private static let lowerDigits = Array("0123456789abcdef".utf8)

    /// The characters of base64 that depend on the value alone when `shift` unknown bytes come before it, and any after.
    private static func base64(_ value: [UInt8], shift: Int, alphabet: [UInt8]) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: shift) + value
        var characters: [UInt8] = []
        var bits = 0
        var accumulator: UInt32 = 0
        for byte in bytes {
            accumulator = accumulator << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                characters.append(alphabet[Int(accumulator >> UInt32(bits)) & 63])
            }
        }
        let dependentOnOthers = shift == 0 ? 0 : shift + 1
        return Array(characters.dropFirst(dependentOnOthers))
    }

    /// The lines into which base64(1), at 76 characters, and PEM, at 64, break a long text.
    private static func wrapped(_ text: [UInt8], width: Int) -> [[UInt8]] {
        guard text.count > width else { return [] }
        return stride(from: 0, to: text.count, by: width).map { Array(text[$0..<min($0 + width, text.count)]) }
    }

    private static func percentEncoded(_ value: [UInt8], digits: [UInt8]) -> [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default:
                [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }

    private static func escaped(_ value: [UInt8], _ escapes: [Character: String]) -> [UInt8] {
        value.flatMap { byte in escapes[Character(Unicode.Scalar(byte))].map { Array($0.utf8) } ?? [byte] }
    }
}
