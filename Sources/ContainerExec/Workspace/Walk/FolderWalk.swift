internal import ProcessEnvironment

/// A walk through a folder, entry by entry: a folder before what is in it, names in the order of their bytes.
///
/// It finds what a ``WorkspaceArchive`` with the same filter has entries for, and reads no file.
struct FolderWalk: ~Copyable {
    /// What was found.
    struct Found {
        let path: [UInt8]
        let status: FileStatus
    }

    /// A folder on the way down.
    private struct Level {
        let pathLength: Int
        let status: FileStatus
        let names: [[UInt8]]
        /// Nil while it is so far up that its descriptor is of more use below.
        var folder: OpenFolder?
        var next = 0
        var isFound: Bool
    }

    /// The folders that are held open at once.
    private static let openFolders = 64

    private let filter: WorkspaceArchive.Filter
    private var levels: [Level] = []
    private var path: [UInt8] = []
    /// What is to be returned before the walk goes on, last first.
    private var pending: [Found] = []

    /// Whether something went away between being seen and being looked at.
    private(set) var hasChanged = false

    /// Opens the folder.
    ///
    /// - Throws: ``ContainerExecError`` when it cannot be opened.
    init(folder path: [UInt8], filter: @escaping WorkspaceArchive.Filter) throws(ContainerExecError) {
        self.filter = filter
        do throws(SystemError) {
            let folder = try OpenFolder.open(path: path)
            levels = [
                Level(
                    pathLength: 0,
                    status: try folder.status(),
                    names: try folder.names(),
                    folder: folder,
                    isFound: true
                )
            ]
        } catch {
            throw ContainerExecError(
                .workspace,
                "cannot open the folder '\(EngineText.printable(String(decoding: path, as: UTF8.self)))': "
                    + error.reason,
                hint: "check the context of the phase in the manifest"
            )
        }
    }

    /// Returns the next entry, or nil at the end.
    ///
    /// What goes away meanwhile is passed by, and ``hasChanged`` tells.
    ///
    /// - Throws: ``ContainerExecError`` when something cannot be read.
    mutating func next() throws(ContainerExecError) -> Found? {
        while true {
            if let found = pending.popLast() { return found }
            guard let level = levels.last else { return nil }
            do throws(SystemError) {
                if level.next < level.names.count {
                    levels[levels.count - 1].next += 1
                    try visit(level.names[level.next])
                } else {
                    try leave()
                }
            } catch {
                guard error.isAbsence else {
                    throw ContainerExecError(
                        .workspace,
                        "cannot \(error.operation) in the workspace, at "
                            + "'\(EngineText.printable(String(decoding: path, as: UTF8.self)))': \(error.reason)",
                        hint: "make it readable, or leave it out by a line in .oktetoignore"
                    )
                }
                hasChanged = true
            }
        }
    }

    /// Goes through a folder and passes by what cannot be read, for those whom it does not concern.
    static func visit(
        _ folder: [UInt8],
        filter: @escaping WorkspaceArchive.Filter,
        _ body: (Found) -> Void
    ) {
        guard var walk = try? FolderWalk(folder: folder, filter: filter) else { return }
        while true {
            do {
                guard let found = try walk.next() else { return }
                body(found)
            } catch {
                // The walk is past what it failed at.
                continue
            }
        }
    }

    private mutating func visit(_ name: [UInt8]) throws(SystemError) {
        guard let folder = levels.last?.folder else { return }
        let path = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
        let status = try folder.status(of: name)
        let decision = filter(path, status.kind == .folder)
        switch status.kind {
        case .folder:
            guard decision != .exclude else { return }
            let inner = try folder.folder(name)
            let names = try inner.names()
            self.path = path
            levels.append(
                Level(pathLength: path.count, status: status, names: names, folder: inner, isFound: false)
            )
            let far = levels.count - 1 - Self.openFolders
            if far >= 0 { levels[far].folder = nil }
            if decision == .include { findLevels() }
        case .file, .link:
            guard decision == .include else { return }
            findLevels()
            pending.insert(Found(path: path, status: status), at: 0)
        case .socket, .pipe, .device, .unknown:
            return
        }
    }

    /// Returns the folders on the way down that are still missing.
    private mutating func findLevels() {
        for index in levels.indices where !levels[index].isFound {
            levels[index].isFound = true
            let found = Found(path: Array(path.prefix(levels[index].pathLength)), status: levels[index].status)
            pending.insert(found, at: 0)
        }
    }

    private mutating func leave() throws(SystemError) {
        let level = levels.removeLast()
        guard let above = levels.last else { return }
        path.removeLast(path.count - above.pathLength)
        guard above.folder == nil else { return }
        guard let folder = level.folder, let parent = try? folder.parent(above.status.identity) else {
            // The rest of the folder above cannot be reached any more.
            hasChanged = true
            levels[levels.count - 1].next = above.names.count
            return
        }
        levels[levels.count - 1].folder = parent
    }
}
