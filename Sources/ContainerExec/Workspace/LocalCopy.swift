internal import CPlatform
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Copies a file or folder of this machine as if it came out of a container: through an archive, by the same rules.
package enum LocalCopy {
    /// Copies what is at `path` in a folder into a target, and returns what was written; nil when there is nothing.
    ///
    /// `path` begins below the folder even where it begins with a slash. What lies in the target already is not copied
    /// into itself. A cancelled task copies too.
    ///
    /// - Throws: ``ContainerExecError`` when something cannot be read or written.
    package static func copy(
        _ path: String,
        in folder: String,
        into target: ExtractionTarget
    ) async throws(ContainerExecError) -> ExtractionSummary? {
        let source = try ExtractionTarget(folder: folder, path: path)
        do {
            return try await DedicatedThread.run { try copy(source, into: target) }
        } catch let error as ContainerExecError {
            throw error
        } catch {
            throw ContainerExecError(.io, "\(error)")
        }
    }

    private static func copy(
        _ source: ExtractionTarget,
        into target: ExtractionTarget
    ) throws(ContainerExecError) -> ExtractionSummary? {
        guard exists(source) else { return nil }
        var ends: [CInt] = [-1, -1]
        let code = unsafe ends.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard let start = buffer.baseAddress else { return EINVAL }
            return unsafe oktetorun_pipe(start)
        }
        guard code == 0 else { throw ContainerExecError(.io, "\(SystemError(operation: "make a pipe", errno: code))") }
        let reader = OpenFile(descriptor: ends[0])
        let outcome = CopyOutcome()
        let archive = archive(of: source, without: target)
        let writer = ends[1]
        do {
            try DedicatedThread.start {
                defer { close(writer) }
                do throws(ContainerExecError) {
                    _ = try archive.write { bytes throws(ContainerExecError) in try send(bytes, to: writer) }
                } catch {
                    if error.code != .cancelled { outcome.fail(error) }
                }
            }
        } catch {
            close(writer)
            throw ContainerExecError(.io, "\(error)")
        }
        do {
            return try extract(reader, into: target)
        } catch {
            // Why the archive was not whole says more than that it was not.
            throw outcome.failure ?? error
        }
    }

    private static func extract(
        _ reader: consuming OpenFile,
        into target: ExtractionTarget
    ) throws(ContainerExecError) -> ExtractionSummary {
        let pipe = PipeReader(reader)
        return try ArchiveExtraction.extract(
            from: { buffer throws(ContainerExecError) in
                do throws(SystemError) {
                    return try pipe.read(into: &buffer)
                } catch {
                    throw ContainerExecError(.io, "\(error)")
                }
            },
            into: target
        )
    }

    private static func send(_ bytes: RawSpan, to descriptor: CInt) throws(ContainerExecError) {
        var sent = 0
        while sent < bytes.byteCount {
            let rest = bytes.extracting(sent..<bytes.byteCount)
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno != EINTR else { continue }
                // Without a reader it is the reader that knows why.
                let isGivenUp = errno == EPIPE
                let error = SystemError(operation: "copy", errno: errno)
                throw ContainerExecError(isGivenUp ? .cancelled : .io, "\(error)")
            }
            sent += count
        }
    }

    /// The archive has one entry at its root, the source itself, as an engine's has.
    private static func archive(of source: ExtractionTarget, without target: ExtractionTarget) -> WorkspaceArchive {
        guard let name = source.names.last else {
            let inner = target.names
            return WorkspaceArchive(folder: source.folder, destination: "all") { path, _ in
                !inner.isEmpty && path.split(separator: 47).map(Array.init) == inner ? .exclude : .include
            }
        }
        let parents = source.names.dropLast().map { String(decoding: $0, as: UTF8.self) }
        let folder = ([source.folder] + parents).joined(separator: "/")
        let inner = target.names.starts(with: source.names) ? Array(target.names.dropFirst(source.names.count - 1)) : []
        return WorkspaceArchive(folder: folder, destination: "") { path, _ in
            let names = path.split(separator: 47).map(Array.init)
            return names.first == name && (inner.count < 2 || names != inner) ? .include : .exclude
        }
    }

    /// Returns whether there is something at `path` in a folder.
    package static func exists(_ path: String, in folder: String) -> Bool {
        guard let source = try? ExtractionTarget(folder: folder, path: path) else { return false }
        return exists(source)
    }

    private static func exists(_ source: ExtractionTarget) -> Bool {
        guard let name = source.names.last else { return true }
        let parents = source.names.dropLast().map { String(decoding: $0, as: UTF8.self) }
        guard let folder = try? OpenFolder.open(path: Array(([source.folder] + parents).joined(separator: "/").utf8))
        else { return false }
        return (try? folder.status(of: name)) != nil
    }
}
