/// What a folder held at some time: what each file was, and one sum of everything.
package struct ContentListing: Sendable, Hashable {
    /// The most entries that are kept one by one.
    package static let limit = 50_000

    /// The entries, a folder before what is in it; nil where there are more than ``limit``.
    package let entries: [ContentEntry]?
    /// The sum of everything that is no output.
    package let sum: ContentHash
    /// The sum of the outputs.
    package let outputSum: ContentHash
    /// Whether nothing was written to while it was read.
    package let isStable: Bool
    /// The files that were read, for those who measure.
    package let filesRead: Int

    /// Creates a listing.
    package init(
        entries: [ContentEntry]?,
        sum: ContentHash,
        outputSum: ContentHash,
        isStable: Bool = true,
        filesRead: Int = 0
    ) {
        self.entries = entries
        self.sum = sum
        self.outputSum = outputSum
        self.isStable = isStable
        self.filesRead = filesRead
    }
}
