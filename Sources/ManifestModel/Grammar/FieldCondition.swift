/// What the value of one key asks of the others.
package struct FieldCondition: Sendable {
    /// The key.
    package let key: String
    /// The value with which the rest holds.
    package let value: String
    /// Whether a key that is not there, or empty, has that value.
    package let isDefault: Bool
    /// The keys that must then be there, and not be empty.
    package let requires: [String]
    /// The keys that must then not be there, unless they are empty.
    package let forbids: [String]

    /// Creates a condition.
    package init(_ key: String, is value: String, isDefault: Bool, requires: [String], forbids: [String]) {
        self.key = key
        self.value = value
        self.isDefault = isDefault
        self.requires = requires
        self.forbids = forbids
    }
}
