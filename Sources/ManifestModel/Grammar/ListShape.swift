/// How a list is taken.
package struct ListShape: Sendable {
    private let box: ShapeBox
    /// What a value must be, for messages.
    let name: String
    /// Whether Okteto's schema takes no list here.
    package var isParserOnly: Bool
    /// Whether there must be an item.
    package let isFilled: Bool

    /// Creates the shape of a list.
    package init(
        of item: Shape,
        name: String = "a list",
        isParserOnly: Bool = false,
        isFilled: Bool = false
    ) {
        box = ShapeBox(item)
        self.name = name
        self.isParserOnly = isParserOnly
        self.isFilled = isFilled
    }

    /// What each item may be.
    package var item: Shape { box.shape }
}
