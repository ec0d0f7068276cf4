/// Lists in the parameters of the AWS Query protocol.
enum QueryList {
    /// Returns `NAME.member.1` and so on.
    static func members(_ name: String, _ values: [String]) -> [(name: String, value: String)] {
        values.enumerated().map { (name: "\(name).member.\($0.offset + 1)", value: $0.element) }
    }

    /// Returns `Tags.member.1.Key`, `Tags.member.1.Value` and so on, sorted by key.
    static func tags(_ tags: [String: String]) -> [(name: String, value: String)] {
        tags.sorted { $0.key < $1.key }.enumerated().flatMap { index, tag in
            [
                (name: "Tags.member.\(index + 1).Key", value: tag.key),
                (name: "Tags.member.\(index + 1).Value", value: tag.value),
            ]
        }
    }
}
