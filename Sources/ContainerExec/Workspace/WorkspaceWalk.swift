internal import ProcessEnvironment

/// One writing of a ``WorkspaceArchive``: goes through the folder and writes entry by entry.
struct WorkspaceWalk: ~Copyable {
    /// A folder on the way down, whose entry may still have to be written.
    private struct Level {
        /// The bytes of ``path`` that lead to it.
        let pathLength: Int
        let status: FileStatus
        let names: [[UInt8]]
        /// Nil while it is so far up that its descriptor is of more use below; it is opened again on the way back.
        var folder: OpenFolder?
        var next = 0
        var isWritten: Bool
    }

    /// The folders that are held open at once; a process may have few descriptors, and trees are deeper than that.
    private static let openFolders = 64

    private let archive: WorkspaceArchive
    private let writer: ArchiveWriter
    private let progress: (WorkspaceSummary) -> Void
    private let repeatsFolders: Bool
    private var summary = WorkspaceSummary()
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    private var levels: [Level] = []
    /// Where the walk is, relative to the workspace.
    private var path: [UInt8] = []
    private var linked: [FileStatus.Identity: [UInt8]] = [:]
    private var writtenParents: Set<String> = []

    init(
        archive: WorkspaceArchive,
        writer: consuming ArchiveWriter,
        repeatsFolders: Bool = false,
        progress: @escaping (WorkspaceSummary) -> Void
    ) {
        self.archive = archive
        self.writer = writer
        self.repeatsFolders = repeatsFolders
        self.progress = progress
    }

    mutating func run() throws(ContainerExecError) -> WorkspaceSummary {
        for file in archive.extraFiles { try write(file) }
        if let path = archive.folder { try walk(root: path) }
        try writer.finish()
        return summary
    }

    private mutating func walk(root path: String) throws(ContainerExecError) {
        try writeParents(of: archive.destination + "/.")
        let folder: OpenFolder
        do {
            folder = try OpenFolder.open(path: Array(path.utf8))
        } catch {
            throw ContainerExecError(
                .workspace,
                "cannot open the folder '\(EngineText.printable(path))': \(error.reason)",
                hint: "check the context of the phase in the manifest"
            )
        }
        try enter(folder, isWritten: true, status: reading([]) { () throws(SystemError) in try folder.status() })
        while let level = levels.last {
            if level.next < level.names.count {
                levels[levels.count - 1].next += 1
                try visit(level.names[level.next])
            } else {
                try leave()
            }
        }
    }

    /// Writes what has that name in the folder where the walk is, or goes down into it.
    private mutating func visit(_ name: [UInt8]) throws(ContainerExecError) {
        guard let folder = levels.last?.folder else { return }
        let path = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
        let status = try reading(path) { () throws(SystemError) in try folder.status(of: name) }
        let decision = archive.filter(path, status.kind == .folder)
        guard status.kind == .folder else {
            if decision == .include { try write(name, in: folder, path: path, status: status) }
            return
        }
        guard decision != .exclude else { return }
        let inner = try reading(path) { () throws(SystemError) in try folder.folder(name) }
        self.path = path
        try enter(inner, isWritten: false, status: status)
        if decision == .include { try writeLevels() }
    }

    private mutating func enter(
        _ folder: OpenFolder,
        isWritten: Bool,
        status: FileStatus
    ) throws(ContainerExecError) {
        let names = try reading(path) { () throws(SystemError) in try folder.names() }
        levels.append(
            Level(pathLength: path.count, status: status, names: names, folder: folder, isWritten: isWritten)
        )
        let far = levels.count - 1 - Self.openFolders
        if far >= 0 { levels[far].folder = nil }
    }

    private mutating func leave() throws(ContainerExecError) {
        let level = levels.removeLast()
        // Filling a folder changes its time, and not every tar program sets it anew at the end.
        if repeatsFolders, level.isWritten, !levels.isEmpty { try write(level) }
        guard let above = levels.last else { return }
        path.removeLast(path.count - above.pathLength)
        guard above.folder == nil, let folder = level.folder else { return }
        levels[levels.count - 1].folder = try reading(path) { () throws(SystemError) in
            try folder.parent(above.status.identity)
        }
    }

    private mutating func write(
        _ name: [UInt8],
        in folder: OpenFolder,
        path: [UInt8],
        status: FileStatus
    ) throws(ContainerExecError) {
        switch status.kind {
        case .file:
            try writeLevels()
            try writeFile(name, in: folder, path: path, status: status)
        case .link:
            try writeLevels()
            let target = try reading(path) { () throws(SystemError) in try folder.linkTarget(of: name) }
            let entry = try ArchiveEntry.make(.link, path: full(path), mode: 0o777)
            entry.set(linkTarget: target)
            entry.set(modified: status.modified)
            try writer.write(entry)
            summary.links += 1
        case .folder:
            break
        case .socket, .pipe, .device, .unknown:
            if summary.notes.count < 100 { summary.notes.append("\(Self.text(path)) is no file and was left out") }
            return
        }
        progress(summary)
    }

    private mutating func writeFile(
        _ name: [UInt8],
        in folder: OpenFolder,
        path: [UInt8],
        status: FileStatus
    ) throws(ContainerExecError) {
        let destination = full(path)
        if status.linkCount > 1 {
            if let first = linked[status.identity] {
                let entry = try ArchiveEntry.make(.file, path: destination, mode: status.mode)
                entry.set(hardLinkTo: first)
                entry.set(modified: status.modified)
                try writer.write(entry)
                summary.files += 1
                return
            }
            linked[status.identity] = destination
        }
        let file = try reading(path) { () throws(SystemError) in try folder.file(name) }
        let status = try reading(path) { () throws(SystemError) in try file.status() }
        guard status.kind == .file else { throw Self.changed(path, "is no file any more") }
        let entry = try ArchiveEntry.make(.file, path: destination, mode: status.mode)
        entry.set(size: status.size)
        entry.set(modified: status.modified)
        var extents = [FileExtent(offset: 0, length: status.size)]
        if status.allocated < status.size {
            extents = file.extents(size: status.size)
            if extents != [FileExtent(offset: 0, length: status.size)] {
                // One empty extent at the end says that a file is nothing but a hole.
                entry.set(data: extents.isEmpty ? [FileExtent(offset: status.size, length: 0)] : extents)
            }
        }
        try writer.write(entry)
        try writeData(of: file, extents: extents, size: status.size, path: path)
        try writer.finishEntry()
        summary.files += 1
        summary.bytes += status.size
    }

    /// Writes the data of a file; the writer drops the bytes of holes again, but wants to be given them.
    private mutating func writeData(
        of file: borrowing OpenFile,
        extents: [FileExtent],
        size: Int64,
        path: [UInt8]
    ) throws(ContainerExecError) {
        var position: Int64 = 0
        for extent in extents {
            try writeZeros(extent.offset - position)
            position = extent.offset
            let end = extent.offset + extent.length
            while position < end {
                let wanted = Int(min(end - position, Int64(buffer.count)))
                let count: Int
                do {
                    count = try file.read(into: &buffer, count: wanted, at: position)
                } catch {
                    throw Self.unreadable(path, error)
                }
                guard count > 0 else { throw Self.changed(path, "became shorter") }
                try writer.write(unsafe buffer.span.bytes.extracting(0..<count))
                position += Int64(count)
            }
        }
        try writeZeros(size - position)
    }

    private func writeZeros(_ count: Int64) throws(ContainerExecError) {
        guard count > 0 else { return }
        let zeros = [UInt8](repeating: 0, count: Int(min(count, 1 << 20)))
        var left = count
        while left > 0 {
            let part = Int(min(left, Int64(zeros.count)))
            try writer.write(unsafe zeros.span.bytes.extracting(0..<part))
            left -= Int64(part)
        }
    }

    /// Writes the entries of the folders on the way down that are still missing.
    private mutating func writeLevels() throws(ContainerExecError) {
        // Those that are written are above those that are not.
        let written = levels.lastIndex(where: \.isWritten) ?? -1
        for index in levels.indices.dropFirst(written + 1) {
            try write(levels[index])
            levels[index].isWritten = true
            summary.folders += 1
            progress(summary)
        }
    }

    private func write(_ level: Level) throws(ContainerExecError) {
        let path = full(Array(path.prefix(level.pathLength))) + [UInt8(ascii: "/")]
        let entry = try ArchiveEntry.make(.folder, path: path, mode: level.status.mode)
        entry.set(modified: level.status.modified)
        try writer.write(entry)
    }

    private mutating func write(_ file: MemoryFile) throws(ContainerExecError) {
        try writeParents(of: file.path)
        let entry = try ArchiveEntry.make(.file, path: Array(file.path.utf8), mode: UInt32(file.mode))
        entry.set(size: Int64(file.contents.count))
        try writer.write(entry)
        try writer.write(unsafe file.contents.span.bytes)
        try writer.finishEntry()
    }

    /// Writes entries for the folders above a path of the archive, each once.
    private mutating func writeParents(of path: String) throws(ContainerExecError) {
        var parent = ""
        for part in path.split(separator: "/").dropLast() {
            parent += "\(part)/"
            guard writtenParents.insert(parent).inserted else { continue }
            try writer.write(ArchiveEntry.make(.folder, path: Array(parent.utf8), mode: 0o755))
        }
    }

    private func full(_ path: [UInt8]) -> [UInt8] {
        archive.destination.isEmpty ? path : Array(archive.destination.utf8) + [47] + path
    }

    private func reading<Value: ~Copyable>(
        _ path: [UInt8],
        _ body: () throws(SystemError) -> Value
    ) throws(ContainerExecError) -> Value {
        do {
            return try body()
        } catch {
            throw Self.unreadable(path, error)
        }
    }

    private static func unreadable(_ path: [UInt8], _ error: SystemError) -> ContainerExecError {
        error.isAbsence
            ? changed(path, "is gone")
            : ContainerExecError(
                .workspace,
                "cannot \(error.operation) '\(text(path))' in the workspace: \(error.reason)",
                hint: "make it readable, or leave it out by a line in .oktetoignore"
            )
    }

    private static func changed(_ path: [UInt8], _ what: String) -> ContainerExecError {
        ContainerExecError(
            .workspace,
            "'\(text(path))' \(what) while the workspace was being copied",
            hint: "run again when nothing changes the folder, or leave it out by a line in .oktetoignore"
        )
    }

    private static func text(_ path: [UInt8]) -> String {
        path.isEmpty ? "." : EngineText.printable(String(decoding: path, as: UTF8.self))
    }
}
