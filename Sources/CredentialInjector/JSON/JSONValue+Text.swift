extension JSONValue {
    /// The value as indented JSON, with a newline at its end.
    package var text: String {
        var result = ""
        write(to: &result, indent: "")
        return result + "\n"
    }

    private func write(to result: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .null: result += "null"
        case .bool(let value): result += value ? "true" : "false"
        case .number(let text): result += text
        case .string(let text): result += Self.quote(text)
        case .array(let elements):
            guard !elements.isEmpty else {
                result += "[]"
                return
            }
            result += "["
            for (index, element) in elements.enumerated() {
                result += (index == 0 ? "\n" : ",\n") + inner
                element.write(to: &result, indent: inner)
            }
            result += "\n\(indent)]"
        case .object(let members):
            guard !members.isEmpty else {
                result += "{}"
                return
            }
            result += "{"
            for (index, member) in members.enumerated() {
                result += (index == 0 ? "\n" : ",\n") + inner + Self.quote(member.name) + ": "
                member.value.write(to: &result, indent: inner)
            }
            result += "\n\(indent)}"
        }
    }

    /// Returns a text as a JSON string (RFC 8259 §7), in ASCII but for what is visible beyond it.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
