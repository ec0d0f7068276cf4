/// The hashes of a former listing that need not be made again.
struct KnownContent {
    private let entries: [ContentEntry]
    private let index: [[UInt8]: Int]
    private let began: Int64

    init(_ listing: ContentListing?) {
        entries = listing?.entries ?? []
        began = listing?.began ?? 0
        var index: [[UInt8]: Int] = [:]
        index.reserveCapacity(entries.count)
        for (number, entry) in entries.enumerated() where entry.kind != .folder { index[entry.path] = number }
        self.index = index
    }

    /// Returns the hash of a file that was at rest when the listing was made and has not been written to since.
    ///
    /// One that had been written to just before may have been again, within the same tick of the file system's clock.
    func hash(of path: [UInt8], _ kind: ContentEntry.Kind, _ stamp: FileStamp) -> ContentHash? {
        guard kind != .folder, let number = index[path] else { return nil }
        let entry = entries[number]
        guard entry.kind == kind, entry.stamp == stamp, stamp.isSettled(at: began) else { return nil }
        return entry.hash
    }
}
