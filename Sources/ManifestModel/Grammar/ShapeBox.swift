/// A shape in a shape.
package final class ShapeBox: Sendable {
    /// The shape.
    package let shape: Shape

    /// Creates a box.
    package init(_ shape: Shape) {
        self.shape = shape
    }
}
