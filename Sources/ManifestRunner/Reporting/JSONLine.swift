internal import FoundationEssentials

/// One object of the `json` output: Okteto's four keys first, in Okteto's order, then ours.
struct JSONLine {
    var level: String
    var stage: String
    var message: String
    /// Further keys with values that are JSON already.
    var extra: [(key: String, json: String)] = []

    /// The object as one line, without the newline.
    func text(at date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970)
        let fields =
            [
                ("level", Self.quote(level)), ("stage", Self.quote(stage)), ("message", Self.quote(message)),
                ("timestamp", "\(seconds)"),
            ] + extra.map { ($0.key, $0.json) }
        return "{" + fields.map { "\(Self.quote($0.0)):\($0.1)" }.joined(separator: ",") + "}"
    }

    /// Returns a text as a JSON string (RFC 8259 §7).
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
