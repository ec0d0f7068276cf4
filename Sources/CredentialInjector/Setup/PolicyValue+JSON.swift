extension PolicyValue {
    /// The order in which policies are usually written; other names follow, sorted.
    private static let usual = [
        "Version", "Id", "Statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    /// JSON without white space, which is how a policy travels: some services take no other.
    package var compact: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .truth(let value): "\(value)"
        case .null: "null"
        case .list(let elements): "[" + elements.map(\.compact).joined(separator: ",") + "]"
        case .object(let members):
            "{" + Self.sorted(members).map { Self.quoted($0.0) + ":" + $0.1.compact }.joined(separator: ",") + "}"
        }
    }

    /// JSON in lines, indented by two spaces a level.
    package var pretty: String { pretty(indentation: "") }

    private func pretty(indentation: String) -> String {
        let inner = indentation + "  "
        switch self {
        case .list(let elements) where !elements.isEmpty:
            let lines = elements.map { inner + $0.pretty(indentation: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indentation)]"
        case .object(let members) where !members.isEmpty:
            let lines = Self.sorted(members).map { name, value in
                inner + Self.quoted(name) + ": " + value.pretty(indentation: inner)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indentation)}"
        default: return compact
        }
    }

    private static func sorted(_ members: [String: PolicyValue]) -> [(String, PolicyValue)] {
        members.map { ($0.key, $0.value) }.sorted { one, other in
            let places = (usual.firstIndex(of: one.0) ?? usual.count, usual.firstIndex(of: other.0) ?? usual.count)
            return places.0 == places.1 ? one.0 < other.0 : places.0 < places.1
        }
    }

    /// A JSON string (RFC 8259 §7); what could steer a terminal or reorder a line is escaped too.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator:
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
