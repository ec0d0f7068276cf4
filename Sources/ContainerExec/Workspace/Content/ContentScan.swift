internal import FoundationEssentials
package import ProcessEnvironment
internal import Synchronization

/// Reads what a folder holds, as far as a filter lets it, into a ``ContentListing``.
///
/// What is copied into a container is what counts: names, permissions, links' targets and files' contents, not times or
/// owners. Files that a former listing knows, and that have not been written to since, are not read again. The others
/// are read by several threads. Memory stays the same from ``ContentListing/limit`` on.
package struct ContentScan: Sendable {
    /// The entries that are taken together: their files are read by several threads, their sum is made in order.
    private static let portion = 4_096

    /// The folder.
    package let folder: String
    /// Says what of it counts.
    package let filter: WorkspaceArchive.Filter
    /// Tells the places where results are put, which are summed up apart.
    package let isOutput: @Sendable (_ path: [UInt8]) -> Bool
    /// The most entries that are kept one by one.
    var entryLimit = ContentListing.limit
    /// Makes a digest.
    package let makeDigester: @Sendable () throws -> any ContentDigester

    /// Creates a scan; nothing is read yet.
    package init(
        folder: String,
        filter: @escaping WorkspaceArchive.Filter = { _, _ in .include },
        isOutput: @escaping @Sendable (_ path: [UInt8]) -> Bool = { _ in false },
        makeDigester: @escaping @Sendable () throws -> any ContentDigester
    ) {
        self.folder = folder
        self.filter = filter
        self.isOutput = isOutput
        self.makeDigester = makeDigester
    }

    /// Reads the folder, blocking the thread, until `stop` is set; `known` is a former listing of it.
    ///
    /// - Throws: ``ContainerExecError`` when something cannot be read, `CancellationError` once `stop` is set, or what the
    ///   digests throw.
    package func run(known: ContentListing? = nil, stop: StopFlag = StopFlag()) throws -> ContentListing {
        let began = Int64(Date().timeIntervalSince1970 * 1e9)
        let memory = KnownContent(known)
        var walk = try FolderWalk(folder: Array(folder.utf8), filter: filter)
        var sums = try ContentSums(makeDigester)
        var kept: [ContentEntry]? = []
        var isStable = true
        var filesRead = 0
        var portion: [ContentEntry] = []
        repeat {
            portion.removeAll(keepingCapacity: true)
            while portion.count < Self.portion, let found = try walk.next() {
                try stop.check()
                portion.append(entry(found, memory))
            }
            let unread = portion.indices.filter { portion[$0].kind != .folder && portion[$0].hash == .none }
            filesRead += unread.count
            for (index, outcome) in zip(unread, try read(unread.map { portion[$0] }, stop)) {
                guard let outcome else {
                    isStable = false
                    continue
                }
                portion[index] = outcome
            }
            for index in portion.indices {
                sums.add(portion[index])
                // Written to just before, it may be again within the same tick of the file system's clock.
                if !portion[index].stamp.isSettled(at: began) { portion[index].stamp = .unknown }
            }
            if let entries = kept { kept = entries.count + portion.count > entryLimit ? nil : entries + portion }
        } while !portion.isEmpty
        return ContentListing(
            entries: kept,
            sum: try sums.sum(),
            outputSum: try sums.outputSum(),
            isStable: isStable && !walk.hasChanged,
            filesRead: filesRead
        )
    }

    /// The entry of what was found, with the hash that is known, or none.
    private func entry(_ found: FolderWalk.Found, _ memory: KnownContent) -> ContentEntry {
        let kind: ContentEntry.Kind =
            switch found.status.kind {
            case .folder: .folder
            case .link: .link
            default: .file
            }
        let stamp = FileStamp(found.status)
        return ContentEntry(
            path: found.path,
            kind: kind,
            mode: kind == .link ? 0o777 : found.status.mode,
            isOutput: isOutput(found.path),
            stamp: stamp,
            hash: memory.hash(of: found.path, kind, stamp) ?? .none
        )
    }

    /// Reads files and links, and returns their entries anew; nil for one that changes all the time, or is gone.
    private func read(_ entries: [ContentEntry], _ stop: StopFlag) throws -> [ContentEntry?] {
        let results = Mutex<[Int: Result<[ContentEntry?], any Error>]>([:])
        let size = 64
        let pieces = (entries.count + size - 1) / size
        ThreadedLoop.run(pieces) { piece in
            let part = entries[piece * size..<min((piece + 1) * size, entries.count)]
            let result = Result { () throws -> [ContentEntry?] in
                try stop.check()
                let reader = try ContentReader(folder: folder, digester: makeDigester(), stop: stop)
                return try part.map { try reader.read($0) }
            }
            results.withLock { $0[piece] = result }
        }
        let done = results.withLock { $0 }
        return try (0..<pieces).flatMap { try done[$0]?.get() ?? [] }
    }
}
