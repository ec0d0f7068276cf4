/// The text of a manifest, with the path by which the user knows it.
package struct SourceText: Sendable, Hashable {
    /// The path as it is shown.
    package let path: String
    /// The bytes of the file.
    package let bytes: [UInt8]

    /// Creates a source of a file's bytes.
    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Returns line `number`, counted from 1, without its newline; nil when there is none.
    package func line(_ number: Int) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        let line = lines[number - 1].prefix { $0 != UInt8(ascii: "\n") }
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
}
