internal import FoundationEssentials
internal import YAMLSource

/// A value that is sent as JSON.
indirect enum JSONValue: Sendable, Encodable {
    case null
    case boolean(Bool)
    case integer(Int)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The value that a YAML node means.
    init(_ node: YAMLNode) {
        switch node.content {
        case .sequence(let items): self = .list(items.map(JSONValue.init))
        case .mapping(let entries):
            self = .object(Dictionary(entries.map { ($0.key, JSONValue($0.value)) }) { first, _ in first })
        case .scalar(let scalar):
            if node.isNull {
                self = .null
            } else if scalar.style == .plain, ["true", "false"].contains(scalar.text) {
                self = .boolean(scalar.text == "true")
            } else if scalar.style == .plain, let number = Int(scalar.text), String(number) == scalar.text {
                self = .integer(number)
            } else {
                self = .text(scalar.text)
            }
        }
    }

    /// Returns the value's JSON, in UTF-8.
    ///
    /// - Throws: Nothing that can happen: every text of Swift is one of JSON.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}
