internal import ProcessEnvironment

/// Reads files of one folder's tree one after the other, in the order of a listing, for one thread.
final class ContentReader {
    /// How often a file is read that is written to meanwhile.
    private static let attempts = 3

    private let folder: String
    private let digester: any ContentDigester
    private let stop: StopFlag
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// The folder of the last file, since the next one is mostly in it, too.
    private var open: (path: [UInt8], folder: OpenFolder)?

    init(folder: String, digester: any ContentDigester, stop: StopFlag) throws {
        self.folder = folder
        self.digester = digester
        self.stop = stop
    }

    /// Returns the entry of a file or link with its hash, as it is now; nil when it changes while it is read, or is gone.
    ///
    /// - Throws: ``ContainerExecError`` when it cannot be read, `CancellationError` once the flag is set.
    func read(_ entry: ContentEntry) throws -> ContentEntry? {
        do {
            return try hashed(entry)
        } catch let error as SystemError where error.isAbsence {
            return nil
        } catch let error as SystemError {
            throw ContainerExecError(
                .workspace,
                "cannot \(error.operation) '\(EngineText.printable(String(decoding: entry.path, as: UTF8.self)))' "
                    + "in the workspace: \(error.reason)",
                hint: "make it readable, or leave it out by a line in .oktetoignore"
            )
        }
    }

    private func hashed(_ entry: ContentEntry) throws -> ContentEntry? {
        let slash = entry.path.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { Array(entry.path[($0 + 1)...]) } ?? entry.path
        let parent = try parent(slash.map { Array(entry.path[..<$0]) } ?? [])
        guard entry.kind == .file else {
            let target = try parent.linkTarget(of: name)
            unsafe digester.update(target.span.bytes)
            return copy(entry, entry.stamp, ContentHash(try digester.finish()), mode: entry.mode)
        }
        for _ in 0..<Self.attempts {
            let file = try parent.file(name)
            let before = try file.status()
            guard before.kind == .file else { return nil }
            var position: Int64 = 0
            while true {
                try stop.check()
                let count = try file.read(into: &buffer, count: buffer.count, at: position)
                guard count > 0 else { break }
                unsafe digester.update(buffer.span.bytes.extracting(0..<count))
                position += Int64(count)
            }
            let hash = ContentHash(try digester.finish())
            let after = try file.status()
            if FileStamp(before) == FileStamp(after), position == after.size {
                return copy(entry, FileStamp(after), hash, mode: after.mode)
            }
        }
        return nil
    }

    private func copy(_ entry: ContentEntry, _ stamp: FileStamp, _ hash: ContentHash, mode: UInt32) -> ContentEntry {
        ContentEntry(
            path: entry.path,
            kind: entry.kind,
            mode: mode,
            isOutput: entry.isOutput,
            stamp: stamp,
            hash: hash
        )
    }

    /// Opens a folder by its names, none of which may be a link.
    private func parent(_ path: [UInt8]) throws(SystemError) -> OpenFolder {
        if let open, open.path == path { return open.folder }
        var result = try OpenFolder.open(path: Array(folder.utf8))
        for name in path.split(separator: UInt8(ascii: "/")) { result = try result.folder(Array(name)) }
        open = (path, result)
        return result
    }
}
