/// The hashes of a former listing that need not be made again.
struct KnownContent {
    private let entries: [ContentEntry]
    private let index: [[UInt8]: Int]

    init(_ listing: ContentListing?) {
        entries = listing?.entries ?? []
        var index: [[UInt8]: Int] = [:]
        index.reserveCapacity(entries.count)
        for (number, entry) in entries.enumerated() where entry.kind != .folder { index[entry.path] = number }
        self.index = index
    }

    /// Returns the hash of a file that has not been written to since the listing was made.
    func hash(of path: [UInt8], _ kind: ContentEntry.Kind, _ stamp: FileStamp) -> ContentHash? {
        guard kind != .folder, let number = index[path] else { return nil }
        let entry = entries[number]
        guard entry.kind == kind, entry.stamp == stamp else { return nil }
        return entry.hash
    }
}
