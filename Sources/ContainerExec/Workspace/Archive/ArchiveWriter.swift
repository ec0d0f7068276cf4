internal import CLibArchive

/// Writes a tar archive, piece by piece, to a sink; see archive_write(3).
///
/// One thread's. The sink is called on that thread, within the calls of the writer, so memory stays flat.
@safe
struct ArchiveWriter: ~Copyable {
    /// What libarchive's callback reaches: the sink, and the error that it threw, which C cannot carry.
    private final class Target {
        let sink: ArchiveSink
        var failure: ContainerExecError?

        init(_ sink: @escaping ArchiveSink) {
            self.sink = sink
        }
    }

    private let raw: OpaquePointer
    private let target: Target

    /// Returns a writer of an archive that is still empty.
    ///
    /// - Throws: ``ContainerExecError`` when libarchive cannot make it.
    static func open(
        _ format: ArchiveFormat = .pax,
        sink: @escaping ArchiveSink
    ) throws(ContainerExecError) -> ArchiveWriter {
        guard let raw = unsafe archive_write_new() else {
            throw ContainerExecError(.workspace, "no memory is left for the archive")
        }
        let writer = unsafe ArchiveWriter(raw: raw, target: Target(sink))
        switch format {
        case .pax: try writer.check(unsafe archive_write_set_format_pax_restricted(raw))
        case .ustar: try writer.check(unsafe archive_write_set_format_ustar(raw))
        }
        try writer.check(unsafe archive_write_set_bytes_per_block(raw, 1 << 17))
        try writer.check(unsafe archive_write_set_bytes_in_last_block(raw, 1))
        // The target lives as long as the writer, whose deinit ends the last callback.
        let user = unsafe Unmanaged.passUnretained(writer.target).toOpaque()
        try writer.check(
            unsafe archive_write_open2(
                raw,
                user,
                nil,
                { _, user, bytes, count in
                    guard let user = unsafe user else { return -1 }
                    let target = unsafe Unmanaged<Target>.fromOpaque(user).takeUnretainedValue()
                    guard target.failure == nil else { return -1 }
                    do throws(ContainerExecError) {
                        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
                        unsafe try target.sink(buffer.bytes)
                        return count
                    } catch {
                        target.failure = error
                        return -1
                    }
                },
                nil,
                nil
            )
        )
        return writer
    }

    private init(raw: OpaquePointer, target: Target) {
        unsafe self.raw = raw
        self.target = target
    }

    deinit {
        // Without this an archive that was given up would be completed first, as if it were whole. (archive_write_fail
        // does as much, but then libarchive does not free its buffer.)
        if target.failure == nil { target.failure = ContainerExecError(.workspace, "the archive was given up") }
        unsafe archive_write_free(raw)
    }

    /// Writes the head of an entry; its data follow.
    func write(_ entry: borrowing ArchiveEntry) throws(ContainerExecError) {
        try check(unsafe archive_write_header(raw, entry.raw))
    }

    /// Writes the next of the entry's data.
    func write(_ bytes: RawSpan) throws(ContainerExecError) {
        var written = 0
        while written < bytes.byteCount {
            let rest = bytes.extracting(written..<bytes.byteCount)
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe archive_write_data(raw, buffer.baseAddress, buffer.count)
            }
            guard count > 0 else { throw failure() }
            written += count
        }
    }

    /// Completes the entry; what its data lack is filled up with zeros.
    func finishEntry() throws(ContainerExecError) {
        try check(unsafe archive_write_finish_entry(raw))
    }

    /// Completes the archive.
    func finish() throws(ContainerExecError) {
        try check(unsafe archive_write_close(raw))
    }

    private func check(_ code: CInt) throws(ContainerExecError) {
        // A warning tells of something that the format cannot hold, as a character set; the entry is there.
        guard code >= ARCHIVE_WARN, target.failure == nil else { throw failure() }
    }

    private func failure() -> ContainerExecError {
        if let failure = target.failure { return failure }
        let text = unsafe archive_error_string(raw).map { unsafe String(cString: $0) } ?? "unknown error"
        return ContainerExecError(.workspace, "cannot archive the workspace: \(EngineText.printable(text))")
    }
}
