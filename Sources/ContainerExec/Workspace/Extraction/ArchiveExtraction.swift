internal import ProcessEnvironment

/// Writes what an archive holds below a folder of the user's.
///
/// The archive comes from a container and is not trusted. Nothing is written outside the target: no name leads up, no
/// folder is entered through a link, whether the archive made it or it was there, no link leads out, and devices,
/// pipes and sockets are not made. What is written belongs to the user who runs this, whatever owner the archive names,
/// and has no bits beyond `rwx`.
struct ArchiveExtraction: ~Copyable {
    /// A folder on the way down to where the last entry was written.
    private struct Level {
        let name: [UInt8]
        let folder: TargetFolder
        /// What a folder that the extraction made gets once everything is in it.
        var mode: UInt32 = 0o755
        var modified: FileTime?
    }

    private let target: ExtractionTarget
    private let reader: ArchiveReader
    private let root: TargetFolder
    private var levels: [Level] = []
    private var summary = ExtractionSummary()

    /// Extracts an archive as engines make them: one file, or one folder and what is in it.
    ///
    /// The name of that file or folder gives way to the target's. Files replace files, folders are merged.
    ///
    /// - Throws: ``ContainerExecError`` with the code `io` when the archive is broken or hostile, or something cannot
    ///   be written, and what `source` throws. What was written until then stays, each file of it whole.
    static func extract(
        from source: @escaping ArchiveSource,
        into target: ExtractionTarget
    ) throws(ContainerExecError) -> ExtractionSummary {
        let root: TargetFolder
        do {
            root = try TargetFolder.open(path: target.folder)
        } catch {
            throw ContainerExecError(
                .io,
                "cannot open the folder '\(EngineText.printable(target.folder))': \(error.reason)"
            )
        }
        var extraction = ArchiveExtraction(target: target, reader: try .open(source: source), root: root)
        return try extraction.run()
    }

    private init(target: ExtractionTarget, reader: consuming ArchiveReader, root: TargetFolder) {
        self.target = target
        self.reader = reader
        self.root = root
    }

    private mutating func run() throws(ContainerExecError) -> ExtractionSummary {
        while let entry = try reader.next() { try extract(entry) }
        leaveLevels(to: 0)
        return summary
    }

    private mutating func extract(_ entry: ArchivedEntry) throws(ContainerExecError) {
        guard let names = EntryPath.names(entry.path) else { throw Self.hostile(entry.path, "leads elsewhere") }
        var place = target.names + names.dropFirst()
        if names.count == 1, target.keepsFileName {
            if case .folder = entry.kind {} else { place = target.names + names }
        }
        switch entry.kind {
        case .folder:
            try enter(place)
            guard levels.last?.folder.isNew == true else { return }
            levels[levels.count - 1].mode = entry.mode
            levels[levels.count - 1].modified = entry.modified
        case .file:
            try writeFile(entry, to: place)
        case .link(let target):
            // Where it stands, counted from the artifact's own folder.
            let depth = place.count - 1 - self.target.names.count
            guard EntryPath.stays(target, depth: depth) else {
                return summary.leaveOut(place, "is a link that leads out of the artifact")
            }
            let folder = try enter(place.dropLast())
            try writing(place) { name throws(SystemError) in
                try folder.link(name, to: target, modified: entry.modified)
            }
            summary.links += 1
        case .hardLink(let path):
            guard let other = EntryPath.names(path), other.count > 1, names.count > 1 else {
                throw Self.hostile(path, "is linked to from the archive and leads elsewhere")
            }
            let otherPlace = target.names + other.dropFirst()
            let folder = try enter(place.dropLast())
            let otherFolder = try existingFolder(otherPlace.dropLast())
            try writing(place) { name throws(SystemError) in
                try folder.hardLink(name, to: otherPlace.last ?? [], in: otherFolder)
            }
            summary.files += 1
        case .other:
            summary.leaveOut(place, "is a device, a pipe or a socket")
        }
    }

    private mutating func writeFile(_ entry: ArchivedEntry, to place: [[UInt8]]) throws(ContainerExecError) {
        let folder = try enter(place.dropLast())
        var file = try writing(place) { _ throws(SystemError) in try folder.newFile() }
        try reader.data { bytes, offset throws(ContainerExecError) in
            do throws(SystemError) {
                try file.write(bytes, at: offset)
            } catch {
                throw Self.unwritable(place, error)
            }
        }
        do {
            try file.finish(as: place.last ?? [], size: entry.size, mode: entry.mode, modified: entry.modified)
        } catch {
            throw Self.unwritable(place, error)
        }
        summary.files += 1
        summary.bytes += entry.size
    }

    /// Opens the folder at a place, making what is missing on the way, and returns it.
    @discardableResult
    private mutating func enter(_ place: some Collection<[UInt8]>) throws(ContainerExecError) -> TargetFolder {
        var common = 0
        for (level, name) in zip(levels, place) {
            guard level.name == name else { break }
            common += 1
        }
        leaveLevels(to: common)
        for name in place.dropFirst(common) {
            do {
                let folder = try (levels.last?.folder ?? root).folder(name)
                levels.append(Level(name: name, folder: folder))
            } catch {
                throw Self.unwritable(levels.map(\.name) + [name], error)
            }
        }
        return levels.last?.folder ?? root
    }

    /// Leaves the folders below a depth, and gives those that were made their modes and times.
    private mutating func leaveLevels(to count: Int) {
        while levels.count > count {
            let level = levels.removeLast()
            guard level.folder.isNew, let modified = level.modified else { continue }
            level.folder.finish(mode: level.mode, modified: modified)
        }
    }

    /// Opens the folder at a place without making anything.
    private func existingFolder(_ place: some Collection<[UInt8]>) throws(ContainerExecError) -> TargetFolder {
        var folder = root
        for name in place {
            do throws(SystemError) {
                guard let inner = try folder.folderIfPresent(name) else {
                    throw SystemError(operation: "find", errno: 2)
                }
                folder = inner
            } catch {
                throw Self.unwritable(Array(place), error)
            }
        }
        return folder
    }

    private func writing<Value: ~Copyable>(
        _ place: [[UInt8]],
        _ body: (_ name: [UInt8]) throws(SystemError) -> Value
    ) throws(ContainerExecError) -> Value {
        do {
            return try body(place.last ?? [])
        } catch {
            throw Self.unwritable(place, error)
        }
    }

    private static func unwritable(_ place: [[UInt8]], _ error: SystemError) -> ContainerExecError {
        ContainerExecError(
            .io,
            "cannot \(error.operation) '\(EntryPath.text(place))': \(error.reason)",
            hint: "links are not followed, and a folder that has something in it is not replaced by a file"
        )
    }

    private static func hostile(_ path: [UInt8], _ what: String) -> ContainerExecError {
        ContainerExecError(
            .io,
            "the archive is not one that an engine makes: '\(EntryPath.text([path]))' \(what)",
            hint: "nothing was written there; do not trust the image, nor the engine"
        )
    }
}
