internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder held open, so that what is in it is reached by name, wherever it is moved meanwhile.
///
/// Nothing is followed: a link in the place of a folder is an error, or else the archive would hold files of elsewhere.
@safe
final class OpenFolder {
    #if canImport(Darwin)
    private typealias Stream = UnsafeMutablePointer<DIR>
    #else
    private typealias Stream = OpaquePointer
    #endif

    private let stream: Stream
    private let descriptor: CInt

    private init(stream: Stream, descriptor: CInt) {
        unsafe self.stream = stream
        self.descriptor = descriptor
    }

    deinit {
        unsafe closedir(stream)
    }

    /// Opens the folder at `path`; this one may be a link, since the user named it.
    static func open(path: [UInt8]) throws(SystemError) -> OpenFolder {
        let descriptor = SystemCall.openat(AT_FDCWD, CString.make(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        return try make(descriptor)
    }

    /// Opens the folder `name` in this one.
    func folder(_ name: [UInt8]) throws(SystemError) -> OpenFolder {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        return try Self.make(SystemCall.openat(descriptor, CString.make(name), flags))
    }

    /// Opens the folder in which this one is, and checks that it is the expected one: this one may have been moved.
    func parent(_ expected: FileStatus.Identity) throws(SystemError) -> OpenFolder {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let parent = try Self.make(SystemCall.openat(descriptor, CString.make(Array("..".utf8)), flags))
        // ENOENT: where it was, it is no more.
        guard try parent.status().identity == expected else { throw SystemError(operation: "open", errno: ENOENT) }
        return parent
    }

    /// Opens the regular file `name` in this folder.
    func file(_ name: [UInt8]) throws(SystemError) -> OpenFile {
        // Without O_NONBLOCK a pipe that took the file's place would hold the thread for ever.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let file = SystemCall.openat(descriptor, CString.make(name), flags)
        guard file >= 0 else { throw SystemError(operation: "open", errno: errno) }
        return OpenFile(descriptor: file)
    }

    /// Returns what stat(2) says of `name` itself, not of what it links to.
    func status(of name: [UInt8]) throws(SystemError) -> FileStatus {
        var info = stat()
        guard unsafe fstatat(descriptor, CString.make(name), &info, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw SystemError(operation: "read", errno: errno)
        }
        return FileStatus(info)
    }

    /// Returns what stat(2) says of this folder.
    func status() throws(SystemError) -> FileStatus {
        var info = stat()
        guard unsafe fstat(descriptor, &info) == 0 else { throw SystemError(operation: "read", errno: errno) }
        return FileStatus(info)
    }

    /// Returns what the symbolic link `name` points to.
    func linkTarget(of name: [UInt8]) throws(SystemError) -> [UInt8] {
        var target = [CChar](repeating: 0, count: 4_096)
        let count = unsafe readlinkat(descriptor, CString.make(name), &target, target.count)
        guard count >= 0 else { throw SystemError(operation: "read the link", errno: errno) }
        guard count < target.count else { throw SystemError(operation: "read the link", errno: ENAMETOOLONG) }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    /// Returns the names of what is in the folder, in the order of their bytes, so that archives can be compared.
    func names() throws(SystemError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            // The name is an array within the entry, ended by NUL; the entry is good until the next readdir(3).
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
        }
        guard errno == 0 else { throw SystemError(operation: "list", errno: errno) }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func make(_ descriptor: CInt) throws(SystemError) -> OpenFolder {
        guard descriptor >= 0 else { throw SystemError(operation: "open", errno: errno) }
        guard let stream = unsafe fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            throw SystemError(operation: "open", errno: code)
        }
        return unsafe OpenFolder(stream: stream, descriptor: descriptor)
    }
}
