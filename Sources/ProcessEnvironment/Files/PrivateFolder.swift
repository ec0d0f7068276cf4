package import FoundationEssentials

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder for what is private: this user's alone (0700), with files that are this user's alone (0600).
///
/// It is opened once, without following a symbolic link, and looked at after that; everything in it is reached through
/// the descriptor, so that nobody can put another in its place. Every call here may block.
package final class PrivateFolder: Sendable {
    /// Where it is.
    package let path: String
    let descriptor: CInt

    /// Opens the folder, and makes it where there is none.
    ///
    /// - Throws: ``PrivateFolderRefusal`` when it cannot be had, or somebody else could read or change it.
    package init(path: String) throws(PrivateFolderRefusal) {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try? FileManager.default.createDirectory(atPath: "/\(parent)", withIntermediateDirectories: true)
        // There already, it is looked at below as any other.
        _ = unsafe mkdir(path, 0o700)
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            let isLink = errno == ELOOP || errno == ENOTDIR
            let reason = isLink ? "it is a symbolic link or no folder" : Self.reason("open")
            throw PrivateFolderRefusal(reason: reason, nextStep: nil)
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_uid == geteuid() else {
            close(descriptor)
            throw PrivateFolderRefusal(reason: "it belongs to somebody else", nextStep: "name a folder of yours")
        }
        guard status.st_mode & 0o077 == 0 else {
            close(descriptor)
            throw PrivateFolderRefusal(
                reason: "others may read or change it",
                nextStep: "run chmod 700 on it, and remove what is in it"
            )
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Returns the bytes of a file, or nil when there is none.
    ///
    /// - Throws: ``UnusableFile`` when it is not what was written there: a link, somebody else's, open to others, more
    ///   than `limit` bytes.
    package func read(_ name: String, limit: Int) throws(UnusableFile) -> [UInt8]? {
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let file = unsafe openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw UnusableFile(reason: errno == ELOOP ? "it is a symbolic link" : Self.reason("open"))
        }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw UnusableFile(reason: Self.reason("look at")) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            throw UnusableFile(reason: "it is not a file with one name")
        }
        guard status.st_uid == geteuid() else { throw UnusableFile(reason: "it belongs to somebody else") }
        guard status.st_mode & 0o077 == 0 else { throw UnusableFile(reason: "others may read or change it") }
        guard status.st_size <= limit else { throw UnusableFile(reason: "it is too large") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let result = Self.read(file, &bytes, from: count)
            if result < 0 && errno == EINTR { continue }
            guard result >= 0 else { throw UnusableFile(reason: Self.reason("read")) }
            if result == 0 { break }
            count += result
        }
        return Array(bytes[..<count])
    }

    /// Puts bytes into a file: whole, on the disk, or not at all, whatever was there before.
    ///
    /// - Throws: ``SystemError`` when it cannot be written.
    package func write(_ bytes: [UInt8], to name: String) throws {
        let temporary = ".new-\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = unsafe openat(descriptor, temporary, flags, 0o600)
        guard file >= 0 else { throw failure("create a file in") }
        do {
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Self.write(file, rest)
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw failure("write in") }
                rest = rest.dropFirst(count)
            }
            guard fchmod(file, 0o600) == 0, fsync(file) == 0 else { throw failure("write in") }
            guard unsafe renameat(descriptor, temporary, descriptor, name) == 0 else { throw failure("rename in") }
        } catch {
            unsafe unlinkat(descriptor, temporary, 0)
            throw error
        }
        // The name is on the disk as well then; where a file system does not know that, nothing is lost but the file.
        fsync(descriptor)
    }

    /// Removes a file; one that is not there is fine.
    package func remove(_ name: String) {
        unsafe unlinkat(descriptor, name, 0)
    }

    /// Takes the lock of that name, or returns nil while somebody else has it.
    ///
    /// - Throws: ``SystemError`` when the file of the lock cannot be opened.
    package func lock(_ name: String) throws -> FileLock? {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let file = unsafe openat(descriptor, name, flags, 0o600)
        guard file >= 0 else { throw failure("open a lock in") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(file)
            guard code == EWOULDBLOCK || code == EINTR else {
                throw SystemError(operation: "lock in \(path)", errno: code)
            }
            return nil
        }
        return FileLock(descriptor: file)
    }

    /// Removes the files that `isMeant` and that were written before a time.
    package func removeFiles(before time: Date, where isMeant: (_ name: String) -> Bool) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where isMeant(name) {
            var status = stat()
            guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            #if canImport(Darwin)
            let written = status.st_mtimespec.tv_sec
            #else
            let written = status.st_mtim.tv_sec
            #endif
            if Double(written) < time.timeIntervalSince1970 { unsafe unlinkat(descriptor, name, 0) }
        }
    }

    private func failure(_ operation: String) -> SystemError {
        SystemError(operation: "\(operation) \(path)", errno: errno)
    }

    private static func reason(_ operation: String) -> String {
        SystemError(operation: operation, errno: errno).reason
    }

    /// Name the system's functions apart from the methods; the ranges stay within the buffers.
    private static func read(_ file: CInt, _ bytes: inout [UInt8], from start: Int) -> Int {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            #if canImport(Glibc)
            return unsafe Glibc.read(file, base + start, buffer.count - start)
            #else
            return unsafe Darwin.read(file, base + start, buffer.count - start)
            #endif
        }
    }

    private static func write(_ file: CInt, _ bytes: ArraySlice<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { buffer in
            #if canImport(Glibc)
            unsafe Glibc.write(file, buffer.baseAddress, buffer.count)
            #else
            unsafe Darwin.write(file, buffer.baseAddress, buffer.count)
            #endif
        }
    }
}
