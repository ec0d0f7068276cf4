extension JSONValue {
    /// The value as JSON without white space, which is how policies travel: some services take no other.
    package var compact: String {
        switch self {
        case .array(let elements): "[" + elements.map(\.compact).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quote($0.name) + ":" + $0.value.compact }.joined(separator: ",") + "}"
        case .null, .bool, .number, .string: String(text.dropLast())
        }
    }
}
