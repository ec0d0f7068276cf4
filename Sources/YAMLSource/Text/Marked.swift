/// A value with the place where the source says it.
package struct Marked<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    package let value: Value
    /// Where it stands.
    package let mark: SourceMark

    /// Creates a value at a place.
    package init(_ value: Value, at mark: SourceMark) {
        self.value = value
        self.mark = mark
    }
}
