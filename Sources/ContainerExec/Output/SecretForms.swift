package import ProcessEnvironment

/// The forms in which a secret may come out of a command.
package enum SecretForms {
    /// The least length of a form.
    ///
    /// Shorter ones would hide ordinary words, and slow the search down.
    package static let minimumLength = 8

    /// The least length of a line of base64 that is a form by itself.
    private static let shortestLine = 16

    /// Returns the secret's bytes and every form of them that is at least ``minimumLength`` long, each once.
    ///
    /// The forms are:
    /// - base64 and base64url at the three alignments that a text around the secret gives it, without the characters
    ///   that depend on that text, and the lines of 76 and 64 characters into which programs break it,
    /// - hexadecimal, upper and lower case,
    /// - percent-encoded as URIs, their paths and forms have it, upper and lower case,
    /// - as it stands in strings of JSON, XML, and shells.
    ///
    /// Of a text of several lines these are also returned for each line alone, and for the text with CR LF.
    package static func all(of secret: Secret) -> [[UInt8]] {
        let lines = secret.bytes.split { $0 == 0x0A || $0 == 0x0D }.map(Array.init)
        var values = [secret.bytes]
        if lines.count > 1 || lines.first != secret.bytes {
            values += lines
            values.append(secret.bytes.filter { $0 != 0x0D }.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        }
        var seen: Set<[UInt8]> = []
        return values.flatMap(forms).filter { $0.count >= minimumLength && seen.insert($0).inserted }
    }

    private static func forms(of value: [UInt8]) -> [[UInt8]] {
        var forms = [value]
        for alphabet in [base64Alphabet, base64URLAlphabet] {
            for shift in 0..<3 { forms.append(base64(value, shift: shift, alphabet: alphabet)) }
        }
        forms += [76, 64].flatMap { lines(of: base64(value, shift: 0, alphabet: base64Alphabet), width: $0) }
        for digits in [upperDigits, lowerDigits] {
            forms += percentEncodings(of: value, digits: digits)
            forms.append(value.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        }
        return forms + escapes(of: value)
    }

    private static let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let base64URLAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )
    static let upperDigits = Array("0123456789ABCDEF".utf8)
    static let lowerDigits = Array("0123456789abcdef".utf8)

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
    private static func lines(of text: [UInt8], width: Int) -> [[UInt8]] {
        guard text.count > width else { return [] }
        return stride(from: 0, to: text.count, by: width).map { Array(text[$0..<min($0 + width, text.count)]) }
            .filter { $0.count >= shortestLine }
    }

    /// The text percent-encoded by the rules that are in use: which characters stand for themselves differs.
    private static func percentEncodings(of value: [UInt8], digits: [UInt8]) -> [[UInt8]] {
        // RFC 3986's unreserved alone; a path's; encodeURIComponent's; Go's PathEscape; and encodeURI's.
        let kept = ["-._~", "-._~/", "-._~!'()*", "-._~$&+=:@", "-._~!'()*;,/?:@&=+$#"]
        // HTML forms (https://url.spec.whatwg.org/#application/x-www-form-urlencoded), and Python's quote_plus.
        let keptByForms = ["*-._", "-._~"]
        return kept.map { percentEncoded(value, keeping: Array($0.utf8), digits, blank: nil) }
            + keptByForms.map { percentEncoded(value, keeping: Array($0.utf8), digits, blank: UInt8(ascii: "+")) }
    }

    private static func percentEncoded(
        _ value: [UInt8],
        keeping kept: [UInt8],
        _ digits: [UInt8],
        blank: UInt8?
    ) -> [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                return [byte]
            case 0x20:
                return blank.map { [$0] } ?? Array("%20".utf8)
            default:
                return kept.contains(byte)
                    ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}
