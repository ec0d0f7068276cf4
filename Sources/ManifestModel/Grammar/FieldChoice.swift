/// Keys of which only one may be there.
package struct FieldChoice: Sendable {
    /// The keys.
    package let keys: [String]
    /// Whether one of them must be there.
    package let isRequired: Bool
    /// What to say where none is and one need not be; nil for nothing.
    let notice: String?

    /// Creates a choice.
    package init(_ keys: [String], isRequired: Bool, notice: String? = nil) {
        self.keys = keys
        self.isRequired = isRequired
        self.notice = notice
    }
}
