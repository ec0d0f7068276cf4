extension SecretForms {
    private static let json = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
    private static let xml = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]

    /// The text as it stands in a string of JSON, XML, a programming language or a shell, as far as that differs.
    static func escapes(of value: [UInt8]) -> [[UInt8]] {
        let text = String(decoding: value, as: UTF8.self)
        let isText = Array(text.utf8) == value
        var results: [String] = []
        // Quotes and backslashes alone; also slashes, as PHP does; also what is not ASCII, as Python does; also what
        // means something in HTML, as Go does.
        results.append(escaped(text, json, controls: jsonControl))
        results.append(escaped(text, json.merging(["/": "\\/"]) { $1 }, controls: jsonControl))
        results.append(escaped(text, json, controls: jsonControl, others: jsonUnits))
        results.append(escaped(text, json.merging(["/": "\\/"]) { $1 }, controls: jsonControl, others: jsonUnits))
        let html = ["<": "\\u003c", ">": "\\u003e", "&": "\\u0026"]
        results.append(escaped(text, json.merging(html) { $1 }, controls: jsonControl))
        // Also a plus sign, as it was seen of services; quotes by name and by number.
        results.append(escaped(text, xml))
        results.append(escaped(text, xml.merging(["\"": "&quot;", "'": "&apos;"]) { $1 }))
        results.append(escaped(text, xml.merging(["\"": "&quot;", "'": "&#39;"]) { $1 }))
        results.append(escaped(text, xml.merging(["\"": "&#34;", "'": "&#39;"]) { $1 }))
        results.append(escaped(text, xml.merging(["\"": "&quot;", "+": "&#43;"]) { $1 }))
        // In quotes of a shell, single and double, and as `printf %q` has it; the trace of `set -x` is one of these.
        results.append(escaped(text, ["'": "'\\''"]))
        results.append(escaped(text, ["'": "'\"'\"'"]))
        results.append(escaped(text, ["'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"]))
        results.append(escaped(text, ["\"": "\\\"", "\\": "\\\\", "$": "\\$", "`": "\\`"]))
        results.append(backslashed(text))
        return isText ? results.map { Array($0.utf8) } : []
    }

    private static func escaped(
        _ text: String,
        _ escapes: [String: String],
        controls: (Unicode.Scalar) -> String = { String($0) },
        others: (Unicode.Scalar) -> String = { String($0) }
    ) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let escape = escapes[String(scalar)] {
                result += escape
            } else if scalar.value < 0x20 {
                result += controls(scalar)
            } else {
                result += scalar.isASCII ? String(scalar) : others(scalar)
            }
        }
        return result
    }

    /// What bash's `printf %q` does where the text has no control characters: a backslash before all but these.
    private static func backslashed(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isPlain =
                !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "%+-./:=@_".unicodeScalars.contains(scalar)
            return isPlain ? String(scalar) : "\\" + String(scalar)
        }.joined()
    }

    private static func jsonControl(_ scalar: Unicode.Scalar) -> String { unit(UInt16(scalar.value)) }

    private static func jsonUnits(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map(unit).joined()
    }

    private static func unit(_ value: UInt16) -> String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
