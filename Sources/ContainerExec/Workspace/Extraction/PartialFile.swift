internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file that is being written without a name, or under one that nobody looks for, and gone unless it becomes whole.
struct PartialFile: ~Copyable {
    private let folder: TargetFolder
    private let name: [UInt8]?
    private let descriptor: CInt
    private var isWhole = false

    init(folder: TargetFolder, name: [UInt8]?, descriptor: CInt) {
        self.folder = folder
        self.name = name
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if let name, !isWhole { try? folder.remove(name) }
    }

    /// Writes all of the bytes at a place in the file; what is left out before it is a hole.
    func write(_ bytes: RawSpan, at offset: Int64) throws(SystemError) {
        var written = 0
        while written < bytes.byteCount {
            let rest = bytes.extracting(written..<bytes.byteCount)
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(offset) + off_t(written))
            }
            if count < 0 {
                guard errno == EINTR else { throw SystemError(operation: "write", errno: errno) }
                continue
            }
            written += count
        }
    }

    /// Gives the file its size, mode and time, and then its name: what had it before is replaced at once.
    mutating func finish(as newName: [UInt8], size: Int64, mode: UInt32, modified: FileTime) throws(SystemError) {
        // Later than the last write where the file ends with a hole.
        guard ftruncate(descriptor, off_t(size)) == 0, fchmod(descriptor, mode_t(mode & 0o777)) == 0 else {
            throw SystemError(operation: "write", errno: errno)
        }
        var times = SystemCall.times(modified)
        _ = unsafe futimens(descriptor, &times)
        let temporary = if let name { name } else { try folder.name(descriptor) }
        isWhole = true
        try folder.rename(temporary, to: newName)
    }
}
