internal import SystemPackage

/// Files of settings, read whole and with a bound.
enum SmallFile {
    /// Returns the first `limit` bytes of the file at `path`, or nil when it cannot be read.
    static func read(_ path: String, limit: Int = 1 << 20) -> [UInt8]? {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
        else { return nil }
        return try? file.closeAfter {
            var result: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 4_096)
            while result.count < limit {
                let count = try unsafe piece.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
                guard count > 0 else { break }
                result += piece[..<count]
            }
            return result
        }
    }
}
