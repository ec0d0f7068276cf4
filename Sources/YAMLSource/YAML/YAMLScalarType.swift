/// What YAML makes of a scalar that no type is asked for, by the rules of Okteto's library (yaml.v2).
package enum YAMLScalarType: Sendable, Hashable {
    case text
    case null
    case boolean
    case integer
    case number

    /// What a message calls such a value.
    package var name: String {
        switch self {
        case .text: "a text"
        case .null: "empty"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        }
    }
}

extension YAMLNode {
    /// The type of a scalar; nil for lists and mappings.
    package var scalarType: YAMLScalarType? {
        guard case .scalar(let scalar) = content else { return nil }
        if isNull { return .null }
        guard scalar.style == .plain, let first = scalar.text.utf8.first else { return .text }
        if let tag {
            // With a tag the type is what it says, if the text is one of it.
            guard tag != YAMLTag.prefix + "str" else { return .text }
        }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return YAMLNumber.type(of: scalar.text) ?? .text
        default: return boolean == nil ? .text : .boolean
        }
    }
}
