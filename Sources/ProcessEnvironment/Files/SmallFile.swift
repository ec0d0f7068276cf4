#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A small regular file, read whole: nothing in its place can make the reader wait or fill its memory.
package struct SmallFile: Sendable {
    /// What is in the file.
    package let content: Secret
    /// Whether users other than the owner and the group may read it.
    package let isWorldReadable: Bool
    /// Whether users other than the owner and the group may change it.
    package let isWorldWritable: Bool

    /// Reads the file at `path`, symbolic links followed: opened once and read to its end, so that a file that is
    /// replaced under its name, as Kubernetes does, is read whole as it was or as it is.
    ///
    /// Blocks the thread, on a network file system perhaps for long.
    ///
    /// - Throws: ``SmallFileError`` when there is none, it is no regular file, has more than `limit` bytes, or cannot be
    ///   read. An empty file is not an error.
    package static func read(_ path: String, limit: Int) throws(SmallFileError) -> SmallFile {
        guard !path.utf8.contains(0) else { throw SmallFileError(.unreadable, "has a NUL in its name") }
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            let reason = SystemError(operation: "open", errno: errno).reason
            throw SmallFileError(errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable, "cannot be opened: \(reason)")
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SmallFileError(.unreadable, "cannot be read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw SmallFileError(.notAFile, isFolder ? "is a folder" : "is not a regular file")
        }
        return SmallFile(
            content: try bytes(of: descriptor, limit: limit),
            isWorldReadable: status.st_mode & S_IROTH != 0,
            isWorldWritable: status.st_mode & S_IWOTH != 0
        )
    }

    private static func bytes(of descriptor: CInt, limit: Int) throws(SmallFileError) -> Secret {
        // One byte more than allowed tells a file that is too large; the size that the system gives is not relied on.
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        defer { cleanse(&bytes) }
        var count = 0
        while count < bytes.count {
            let length = bytes.count - count
            let result = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
                guard let start = buffer.baseAddress else { return 0 }
                // The offset and length stay within the buffer.
                return unsafe read(descriptor, start + count, length)
            }
            if result < 0 && errno == EINTR { continue }
            guard result >= 0 else {
                throw SmallFileError(
                    .unreadable,
                    "cannot be read: \(SystemError(operation: "read", errno: errno).reason)"
                )
            }
            if result == 0 { break }
            count += result
        }
        guard count <= limit else { throw SmallFileError(.tooLarge, "is larger than \(limit) bytes") }
        return Secret(bytes: Array(bytes[..<count]))
    }

    /// Overwrites the buffer in a way that no optimizer leaves out.
    private static func cleanse(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            #if canImport(Glibc)
            unsafe explicit_bzero(start, buffer.count)
            #else
            unsafe memset_s(start, buffer.count, 0, buffer.count)
            #endif
        }
    }

    /// Names the system's function apart from the method.
    private static func read(_ descriptor: CInt, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, start, count)
        #else
        unsafe Darwin.read(descriptor, start, count)
        #endif
    }
}
