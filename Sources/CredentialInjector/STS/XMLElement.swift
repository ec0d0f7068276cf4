/// An element of a small XML document, without attributes.
final class XMLElement {
    /// The name without its namespace.
    let name: String
    /// The elements in it.
    var children: [XMLElement] = []
    /// The character data directly in it.
    var text: [UInt8] = []

    init(name: String) {
        self.name = name
    }

    deinit {
        // Among the texts are keys.
        Cleanser.cleanse(&text)
    }

    /// Returns the only child of that name, or nil when there is none or more than one.
    subscript(name: String) -> XMLElement? {
        let found = children.filter { $0.name == name }
        return found.count == 1 ? found.first : nil
    }

    /// The character data without the white space around it.
    var trimmedText: [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = text.firstIndex(where: { !isSpace($0) }),
            let last = text.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(text[first...last])
    }
}
