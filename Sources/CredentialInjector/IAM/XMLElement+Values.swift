extension XMLElement {
    /// Returns the text of the only child of that name; nil when it is missing or empty.
    func value(_ name: String) -> String? {
        guard let bytes = self[name]?.trimmedText, !bytes.isEmpty else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The texts of the children `member`, of which lists of the AWS Query protocol consist.
    var members: [String] {
        children.filter { $0.name == "member" }.map { String(decoding: $0.trimmedText, as: UTF8.self) }
    }

    /// The tags of a list: members with `Key` and `Value`.
    var tags: [String: String] {
        let pairs = children.filter { $0.name == "member" }.compactMap { member in
            member.value("Key").map { ($0, member.value("Value") ?? "") }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
