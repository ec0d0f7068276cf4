internal import SystemPackage

/// A small file of /proc, whose size is only known once it is read.
enum ProcessFile {
    private static let maximumBytes = 4_096

    /// Returns its first 4 KiB, or nil when it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) else { return nil }
        defer { try? file.close() }
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        let count = unsafe try? bytes.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
        guard let count else { return nil }
        return Array(bytes[..<count])
    }
}
