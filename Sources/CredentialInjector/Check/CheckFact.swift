/// One thing that a check found out, and where it came from.
package struct CheckFact: Sendable, Hashable {
    /// What it is.
    package let name: String
    /// Its value, fit to be shown.
    package let value: String
    /// Where it was set, or nil.
    package let origin: String?

    /// Creates a fact; the value is cleaned and cut.
    package init(_ name: String, _ value: String, origin: String? = nil) {
        self.name = name
        self.value = DisplayText.clean(value, limit: 300)
        self.origin = origin
    }
}
