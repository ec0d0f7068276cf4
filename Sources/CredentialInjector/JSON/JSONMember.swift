/// One member of a JSON object.
package struct JSONMember: Sendable, Hashable {
    /// The member's name.
    package let name: String
    /// The member's value.
    package let value: JSONValue

    /// Creates a member.
    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}
