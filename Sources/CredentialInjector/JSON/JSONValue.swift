/// A JSON value (RFC 8259), with the members of an object in their order.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as it was written, so that nothing of it is lost.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// Returns an object of the members whose value is not nil.
    package static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    /// Returns the value of an object's member, or nil where there is none, or this is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, or nil when this is no string.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The members, or nil when this is no object.
    package var members: [JSONMember]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// What a policy compares: the text of a string, a number or a Boolean; nil for anything else.
    var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// The texts of one scalar or of a list of them; nil when anything else is among them.
    var scalarTexts: [String]? {
        guard case .array(let elements) = self else { return scalarText.map { [$0] } }
        let texts = elements.compactMap(\.scalarText)
        return texts.count == elements.count ? texts : nil
    }
}
