/// One of the two streams of a command's output; they are never mixed.
package enum OutputStream: Int, Sendable, Hashable, CaseIterable {
    /// Descriptor 1.
    case standardOutput = 0
    /// Descriptor 2.
    case standardError = 1
}
