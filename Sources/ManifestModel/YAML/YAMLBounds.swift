/// What a document may cost. libyaml itself has no bounds, and takes quadratic time in the depth.
struct YAMLBounds: Sendable {
    /// The bytes of the text.
    var bytes = 1 << 20
    /// How deep collections may be nested.
    var depth = 64
    /// How many nodes there may be, aliases counted as often as they are used.
    var nodes = 100_000
}
