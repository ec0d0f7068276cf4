/// One file, folder or symbolic link of a ``ContentListing``.
package struct ContentEntry: Sendable, Hashable {
    /// What it is.
    package enum Kind: UInt8, Sendable, Hashable {
        case file = 1
        case folder = 2
        case link = 3
    }

    /// The path relative to the folder; bytes, which need not be text.
    package let path: [UInt8]
    package let kind: Kind
    /// The permission bits.
    package let mode: UInt32
    /// Whether it is at a place where results are put.
    package let isOutput: Bool
    /// What tells that it has not been written to; ``FileStamp/unknown`` where nothing does.
    package internal(set) var stamp: FileStamp
    /// The hash of a file's content or a link's target.
    package internal(set) var hash: ContentHash

    /// Creates an entry.
    package init(
        path: [UInt8],
        kind: Kind,
        mode: UInt32,
        isOutput: Bool,
        stamp: FileStamp,
        hash: ContentHash
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.isOutput = isOutput
        self.stamp = stamp
        self.hash = hash
    }

    /// Whether the other is the same to whoever reads it.
    package func isSame(as other: ContentEntry) -> Bool {
        kind == other.kind && mode == other.mode && hash == other.hash
    }
}
