/// The known keys of a mapping.
package final class FieldsShape: Sendable {
    /// The keys, in the order in which they are listed.
    package let fields: [Field]
    /// What keys ask of others.
    package let conditions: [FieldCondition]
    /// Keys of which only one may be there.
    package let choice: FieldChoice?
    /// What the values of all other keys may be, of which Okteto's schema knows nothing; nil when there are no others.
    package let others: ShapeBox?
    /// Whether a mapping of one odd key was most likely meant as a text with `: ` in it.
    let mayBeText: Bool
    /// The names of the keys.
    let names: [String]
    private let index: [String: Int]

    /// Creates the keys of a mapping.
    init(
        _ fields: [Field],
        conditions: [FieldCondition],
        choice: FieldChoice?,
        others: ShapeBox?,
        mayBeText: Bool
    ) {
        self.fields = fields
        self.conditions = conditions
        self.choice = choice
        self.others = others
        self.mayBeText = mayBeText
        names = fields.map(\.name)
        index = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    }

    /// Returns the field of a name, or nil.
    func field(_ name: String) -> Field? { index[name].map { fields[$0] } }
}
