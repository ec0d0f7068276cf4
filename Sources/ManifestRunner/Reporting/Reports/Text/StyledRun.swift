/// A piece of a line in one style.
struct StyledRun: Sendable, Hashable {
    var text: String
    let style: TextStyle
}
