/// What a value of the manifest may be: for each kind of node, whether and how it is taken.
///
/// The whole language is described by shapes, in ``ManifestGrammar``: they are what a manifest is checked against and what
/// the JSON Schema for editors is written from, so that the two cannot differ.
package struct Shape: Sendable {
    /// What messages call a value.
    package enum Noun: Sendable, Hashable {
        /// Its path: `'deploy.commands'`.
        case path
        /// A word and its key: `the test 'unit'`.
        case named(String)
        /// A word alone: `a command`.
        case item(String)
    }

    /// What a value that is empty means.
    package enum Emptiness: Sendable, Hashable {
        /// As if the key were not there.
        case absent
        /// An error: what the value then lacks, and what to do.
        case error(String, help: String)
    }

    /// How a scalar is taken; nil when it is not.
    package var scalar: ScalarShape?
    /// How a list is taken; nil when it is not.
    package var list: ListShape?
    /// How a mapping is taken; nil when it is not.
    package var mapping: MappingShape?
    /// What messages call the value.
    package var noun: Noun
    /// What an empty value means.
    package var emptiness: Emptiness
    /// What it is for, as editors show it.
    package var summary: String?
    /// What to do where the value is of another kind.
    package var help: String?

    /// Creates a shape.
    package init(
        scalar: ScalarShape? = nil,
        list: ListShape? = nil,
        mapping: MappingShape? = nil,
        noun: Noun = .path,
        emptiness: Emptiness = .absent,
        help: String? = nil
    ) {
        self.scalar = scalar
        self.list = list
        self.mapping = mapping
        self.noun = noun
        self.emptiness = emptiness
        self.help = help
    }

    /// What a value must be, for messages: `a list of commands or a mapping`.
    var expectation: String {
        [scalar?.name, list?.name, mapping?.name].compactMap(\.self).joined(separator: " or ")
    }
}
