internal import ProcessEnvironment
package import YAMLSource

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads small text files without ever waiting: a pipe or device in a file's place is refused.
package enum TextFile {
    /// Returns the manifest at a location.
    ///
    /// - Throws: ``ManifestModelError`` when it can't be read or is larger than ``YAMLLimits/bytes``.
    package static func manifest(at location: ManifestLocation) throws(ManifestModelError) -> SourceText {
        try read(location.path, shownAs: location.shownPath, limit: YAMLLimits.bytes)
    }

    /// Returns the text at `path`, or nil when there is nothing.
    ///
    /// - Throws: ``ManifestModelError`` when it is there but can't be read or is larger than `limit` bytes.
    package static func ifPresent(
        _ path: String,
        shownAs shown: String,
        limit: Int = YAMLLimits.bytes
    ) throws(ManifestModelError) -> SourceText? {
        do throws(ManifestModelError) {
            return try read(path, shownAs: shown, limit: limit)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Returns the text at `path`, which messages call `shown`.
    ///
    /// - Throws: ``ManifestModelError`` when there is none, it is a folder, can't be read, or is larger than `limit`
    ///   bytes.
    package static func read(_ path: String, shownAs shown: String, limit: Int) throws(ManifestModelError) -> SourceText
    {
        let name = "'" + PrintableText.escaped(shown) + "'"
        // Without O_NONBLOCK the opening of a pipe waits for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(name, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(name, errno) }
        switch FileKind(mode: status.st_mode) {
        case .file: break
        case .directory:
            throw ManifestModelError(.isDirectory, "\(name) is a folder: name a file in it")
        default:
            throw ManifestModelError(.unreadable, "\(name) is no regular file: copy its content into one")
        }
        return SourceText(path: shown, bytes: try bytes(of: descriptor, name, limit, Int(status.st_size)))
    }

    /// Reads to the end; `size` is what the file is said to have, which files of the kernel's do not know.
    private static func bytes(
        of descriptor: CInt,
        _ name: String,
        _ limit: Int,
        _ size: Int
    ) throws(ManifestModelError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(max(size, 0), limit))
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            // read(2) writes at most the buffer's own count.
            let count = Self.read(descriptor, into: &buffer)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(name, errno) }
            guard count > 0 else { return result }
            result += buffer[..<count]
            guard result.count <= limit else {
                throw ManifestModelError(
                    .tooLarge,
                    "\(name) is larger than \(limit) bytes: is this the right file?"
                )
            }
        }
    }

    private static func read(_ descriptor: CInt, into buffer: inout [UInt8]) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, &buffer, buffer.count)
        #else
        unsafe Darwin.read(descriptor, &buffer, buffer.count)
        #endif
    }

    private static func failure(_ name: String, _ number: CInt) -> ManifestModelError {
        if number == ENOENT || number == ENOTDIR {
            return ManifestModelError(.notFound, "\(name) does not exist: check the path")
        }
        let reason = SystemError(operation: "read", errno: number).reason
        return ManifestModelError(.unreadable, "cannot read \(name): \(reason)")
    }
}
