/// The first 128 bits of a digest: enough that no two contents meet by chance, and half of what a list must keep.
package struct ContentHash: Sendable, Hashable {
    /// Its first and its last 64 bits.
    package let high: UInt64
    package let low: UInt64

    /// Creates the hash of two halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Creates the hash of a digest, of 16 bytes at least.
    package init(_ digest: [UInt8]) {
        self.init(
            high: digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
            low: digest.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        )
    }

    /// What stands for no content, as that of a folder.
    package static let none = ContentHash(high: 0, low: 0)
}
