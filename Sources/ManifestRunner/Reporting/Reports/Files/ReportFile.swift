internal import ProcessEnvironment
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file that is written whole or not at all: a temporary one beside it takes its place.
///
/// What is no regular file, such as a pipe or a device, is written into as it is. A symbolic link is replaced and not followed,
/// since it may be the repository's and lead anywhere; but for those of `/dev` and `/proc`, as `/dev/stdout` is one. The
/// permissions are those of a new file, as the process's umask has them.
struct ReportFile: Sendable {
    private let path: FilePath
    /// Whether the file is replaced, and not written into.
    private let isReplaced: Bool

    /// Looks at what is there.
    ///
    /// - Throws: ``SystemError`` when nothing can be written there: the folder is missing or may not be written into, or a
    ///   folder has the name.
    init(_ path: String, from directory: String) throws(SystemError) {
        self.path = FilePath(directory).pushing(FilePath(path)).lexicallyNormalized()
        let name = self.path.string
        let isSystem = name.hasPrefix("/dev/") || name.hasPrefix("/proc/")
        var status = stat()
        let exists = unsafe (isSystem ? stat(name, &status) : lstat(name, &status)) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind == S_IFDIR { throw Self.error(self.path, EISDIR) }
        isReplaced = !isSystem && (!exists || kind == S_IFREG || kind == S_IFLNK)
        let folder = self.path.removingLastComponent().string
        guard unsafe stat(folder, &status) == 0 else { throw Self.error(self.path, errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw Self.error(self.path, ENOTDIR) }
        let isWritable = unsafe isReplaced ? access(folder, W_OK | X_OK) : access(name, W_OK)
        guard isWritable == 0 else { throw Self.error(self.path, errno) }
    }

    private static func error(_ path: FilePath, _ number: CInt) -> SystemError {
        SystemError(operation: "write \(ReportNames.line(path.string))", errno: number)
    }

    /// Writes the file.
    ///
    /// - Throws: ``SystemError`` when it could not be; then what was there is there still.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        guard isReplaced else { return try write(bytes, into: path, options: []) }
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        let name = path.lastComponent?.string ?? "report"
        let temporary = path.removingLastComponent().appending(".\(name.prefix(100)).\(random).tmp")
        do throws(SystemError) {
            try write(bytes, into: temporary, options: [.create, .exclusiveCreate])
            guard unsafe rename(temporary.string, path.string) == 0 else { throw Self.error(path, errno) }
        } catch {
            unsafe unlink(temporary.string)
            throw error
        }
    }

    private func write(
        _ bytes: [UInt8],
        into path: FilePath,
        options: FileDescriptor.OpenOptions
    ) throws(SystemError) {
        do {
            let file = try FileDescriptor.open(
                path,
                .writeOnly,
                options: options.union(.closeOnExec),
                permissions: FilePermissions(rawValue: 0o666)
            )
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            throw Self.error(self.path, (error as? Errno ?? .ioError).rawValue)
        }
    }
}
