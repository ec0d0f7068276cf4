/// What one attempt to receive brought.
package enum HTTPReceipt: Sendable, Hashable {
    /// That many bytes, at least one.
    case bytes(Int)
    /// Nothing yet: poll the descriptor.
    case wouldBlock
    /// The server has ended the stream.
    case ended
}
