#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A small regular file, read whole, with who may change it.
package struct RegularFile: Sendable {
    /// The bytes of the file.
    package var bytes: [UInt8]
    /// The user id of the file's owner.
    package let owner: UInt32
    /// The permission bits, as `chmod(1)` takes them.
    package let permissions: UInt32

    /// Reads the file at `path`, symbolic links followed; a pipe or a device in its place never makes it wait.
    ///
    /// Owner and permissions are those of the very file that was read.
    ///
    /// - Throws: ``RegularFileError`` when there is none, it is no regular file, has more than `limit` bytes or cannot
    ///   be read.
    package static func read(_ path: String, limit: Int) throws(RegularFileError) -> RegularFile {
        guard !path.utf8.contains(0) else { throw .missing }
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .refused(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .refused(errno: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .folder
        default: throw .notRegular
        }
        return RegularFile(
            bytes: try bytes(of: descriptor, limit: limit),
            owner: status.st_uid,
            permissions: UInt32(status.st_mode) & 0o7777
        )
    }

    /// Whether others than the file's owner may change it: its group when `group`, and everybody.
    package func isWritableByOthers(group: Bool) -> Bool {
        permissions & (group ? 0o022 : 0o002) != 0
    }

    /// Whether the file belongs to the user of this process or to root, who could change it in any case.
    package var isOwn: Bool { owner == geteuid() || owner == 0 }

    private static func bytes(of descriptor: CInt, limit: Int) throws(RegularFileError) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            // read(2) writes at most the buffer's own count.
            let count = Self.read(descriptor, into: &buffer)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .refused(errno: errno) }
            guard count > 0 else { return result }
            result += buffer[..<count]
            guard result.count <= limit else { throw .tooLarge }
        }
    }

    /// Names the system's function apart from the method.
    private static func read(_ descriptor: CInt, into buffer: inout [UInt8]) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, &buffer, buffer.count)
        #else
        unsafe Darwin.read(descriptor, &buffer, buffer.count)
        #endif
    }
}
