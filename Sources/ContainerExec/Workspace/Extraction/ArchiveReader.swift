internal import CLibArchive

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads a tar archive entry by entry from a source; see archive_read(3).
///
/// One thread's. The source is called on that thread, within the calls of the reader, so memory stays flat.
@safe
struct ArchiveReader: ~Copyable {
    /// What libarchive's callback reaches: the source, what it brought, and the error that it threw.
    @safe
    private final class Origin {
        let source: ArchiveSource
        /// Memory that stays where it is until the next call, as libarchive wants it.
        let buffer: UnsafeMutableRawBufferPointer
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        var failure: ContainerExecError?
        /// The zeros at the end of what has come so far: an archive ends with 1,024.
        var trailingZeros = 0

        init(_ source: @escaping ArchiveSource) {
            self.source = source
            unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
        }

        deinit {
            unsafe buffer.deallocate()
        }

        func next() -> Int {
            guard failure == nil else { return -1 }
            do throws(ContainerExecError) {
                let count = try source(&piece)
                let zeros = piece[..<count].reversed().prefix(1_024).prefix { $0 == 0 }.count
                trailingZeros = zeros == count ? trailingZeros + count : zeros
                return count
            } catch {
                failure = error
                return -1
            }
        }
    }

    private let raw: OpaquePointer
    private let origin: Origin

    /// Returns a reader of an archive of which nothing has been read.
    ///
    /// - Throws: ``ContainerExecError`` when libarchive cannot make it.
    static func open(source: @escaping ArchiveSource) throws(ContainerExecError) -> ArchiveReader {
        guard let raw = unsafe archive_read_new() else {
            throw ContainerExecError(.io, "no memory is left for the archive")
        }
        let reader = unsafe ArchiveReader(raw: raw, origin: Origin(source))
        try reader.check(unsafe archive_read_support_format_tar(raw))
        // The origin lives as long as the reader, whose deinit ends the last callback.
        let user = unsafe Unmanaged.passUnretained(reader.origin).toOpaque()
        try reader.check(
            unsafe archive_read_open(
                raw,
                user,
                nil,
                { _, user, target in
                    guard let user = unsafe user, let target = unsafe target else { return -1 }
                    let origin = unsafe Unmanaged<Origin>.fromOpaque(user).takeUnretainedValue()
                    let count = origin.next()
                    guard count > 0 else { return count }
                    // No more than the piece holds, which is as long as the buffer.
                    unsafe origin.piece.withUnsafeBytes { piece in
                        unsafe origin.buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[..<count]))
                    }
                    unsafe target.pointee = unsafe UnsafeRawPointer(origin.buffer.baseAddress)
                    return count
                },
                nil
            )
        )
        return reader
    }

    private init(raw: OpaquePointer, origin: Origin) {
        unsafe self.raw = raw
        self.origin = origin
    }

    deinit {
        unsafe archive_read_free(raw)
    }

    /// Returns the next entry, or nil when the archive is at its end.
    ///
    /// - Throws: ``ContainerExecError`` when the archive is broken, or ends without its end mark.
    func next() throws(ContainerExecError) -> ArchivedEntry? {
        var entry: OpaquePointer?
        let code = unsafe archive_read_next_header(raw, &entry)
        if code == ARCHIVE_EOF, origin.failure == nil {
            try finish()
            return nil
        }
        try check(code)
        guard let entry = unsafe entry else { throw failure() }
        let path = unsafe Self.bytes(archive_entry_pathname(entry))
        return ArchivedEntry(
            kind: unsafe Self.kind(of: entry),
            path: path,
            mode: UInt32(unsafe archive_entry_perm(entry)) & 0o777,
            size: unsafe archive_entry_size(entry),
            modified: FileTime(
                seconds: unsafe archive_entry_mtime(entry),
                nanoseconds: Int(unsafe archive_entry_mtime_nsec(entry))
            )
        )
    }

    /// Gives the data of the entry to `body`, each piece with its place in the file; between them are holes.
    ///
    /// - Throws: ``ContainerExecError`` when the archive breaks off, and what `body` throws.
    func data(
        _ body: (_ bytes: RawSpan, _ offset: Int64) throws(ContainerExecError) -> Void
    ) throws(ContainerExecError) {
        while true {
            var start: UnsafeRawPointer?
            var count = 0
            var offset: la_int64_t = 0
            let code = unsafe archive_read_data_block(raw, &start, &count, &offset)
            if code == ARCHIVE_EOF, origin.failure == nil { return }
            try check(code)
            // libarchive's memory is good until the next call, which comes after `body`.
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
            try unsafe body(bytes.bytes, offset)
        }
    }

    /// Reads what is left behind the archive's end, and checks that the end mark was there.
    private func finish() throws(ContainerExecError) {
        while case let count = origin.next(), count != 0 {
            guard count > 0 else { throw failure() }
        }
        guard origin.trailingZeros >= 1_024 else {
            throw ContainerExecError(.io, "the archive ends before its end mark: it is not whole")
        }
    }

    private static func kind(of entry: OpaquePointer) -> ArchivedEntry.Kind {
        if let path = unsafe archive_entry_hardlink(entry) { return unsafe .hardLink(path: bytes(path)) }
        return switch UInt32(unsafe archive_entry_filetype(entry)) & 0o170000 {
        case 0o100000: .file
        case 0o040000: .folder
        case 0o120000: unsafe .link(target: bytes(archive_entry_symlink(entry)))
        default: .other
        }
    }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        guard let text = unsafe text else { return [] }
        // libarchive ends its strings with NUL; the entry is good until the next one is read.
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    private func check(_ code: CInt) throws(ContainerExecError) {
        // A warning tells of a name that the locale's character set does not have; the bytes are there.
        guard code >= ARCHIVE_WARN, origin.failure == nil else { throw failure() }
    }

    private func failure() -> ContainerExecError {
        if let failure = origin.failure { return failure }
        let text = unsafe archive_error_string(raw).map { unsafe String(cString: $0) } ?? "unknown error"
        return ContainerExecError(.io, "the archive is broken: \(EngineText.printable(text))")
    }
}
