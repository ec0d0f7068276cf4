#if os(Linux)
internal import Glibc
internal import ProcessEnvironment

/// Watches folders by inotify(7).
///
/// The initializer's thread makes it; after that it belongs to the thread that runs it.
final class InotifyTree: Sendable {
    /// What counts as a change: content, permissions and names, not being read.
    private static let events = UInt32(
        IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR
    )
    // The headers have these as numbers that do not fit the type of the others.
    private static let ignored: UInt32 = 0x8000
    private static let overflow: UInt32 = 0x4000
    private static let isFolder: UInt32 = 0x4000_0000

    private let descriptor: CInt
    private let polling: PollingTree
    private let folders = FolderNumbers()
    /// Why nothing more can be watched.
    private let limit: String?
    /// What there was at the beginning, for finding what the system could not tell.
    let snapshot: PollingTree.Snapshot

    /// Starts to watch; `limit` is why nothing can be, where that is known.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    init(
        roots: [[UInt8]],
        limit known: String? = nil,
        wants: @escaping @Sendable (_ path: [UInt8], _ isFolder: Bool) -> Bool,
        onChange: @escaping @Sendable (TreeChange) -> Void
    ) throws(SystemError) {
        polling = PollingTree(roots: roots, wants: wants, onChange: onChange)
        descriptor = inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else {
            let code = errno
            guard code == EMFILE else { throw SystemError(operation: "watch folders", errno: code) }
            limit = "the user has as many watches as the system allows (fs.inotify.max_user_instances)"
            snapshot = polling.look()
            return
        }
        // First the watches, then the look: what happens between the two is told twice, and not missed.
        var limit = known
        for root in roots where limit == nil { limit = Self.add(root, descriptor, folders, wants) }
        self.limit = limit
        snapshot = polling.look()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Tells of changes until `wake` is woken, and returns nil; a reason when the system cannot tell any more.
    func run(until wake: WakePipe) -> String? {
        if let limit { return Self.text(limit) }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var entries = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&entries, 2, -1) >= 0 else {
                if errno == EINTR { continue }
                return Self.text("poll: \(SystemError(operation: "poll", errno: errno).reason)")
            }
            if entries[1].revents != 0 { return nil }
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count > 0 else {
                if count < 0, errno == EAGAIN || errno == EINTR { continue }
                return Self.text("read: \(SystemError(operation: "read", errno: errno).reason)")
            }
            if let reason = take(buffer[..<count]) { return Self.text(reason) }
        }
    }

    /// Takes the events of one read: each a header of 16 bytes, and a name with NULs behind it.
    private func take(_ bytes: ArraySlice<UInt8>) -> String? {
        var rest = bytes
        while rest.count >= 16 {
            let number = CInt(bitPattern: Self.word(rest, 0))
            let mask = Self.word(rest, 4)
            let length = Int(Self.word(rest, 12))
            guard rest.count >= 16 + length else { return nil }
            let name = Array(rest.dropFirst(16).prefix(length).prefix { $0 != 0 })
            rest = rest.dropFirst(16 + length)
            if mask & Self.overflow != 0 {
                // What was lost is found by comparing with the beginning, which may tell some of it again.
                polling.tell(from: snapshot, to: polling.look())
                for root in polling.roots {
                    if let reason = Self.add(root, descriptor, folders, polling.wants) { return reason }
                }
                continue
            }
            if mask & Self.ignored != 0 {
                folders.remove(number)
                continue
            }
            if let reason = take(number, mask, name) { return reason }
        }
        return nil
    }

    private func take(_ number: CInt, _ mask: UInt32, _ name: [UInt8]) -> String? {
        guard let folder = folders.path(number), !name.isEmpty else { return nil }
        let path = PollingTree.join(folder, name)
        let isFolder = mask & Self.isFolder != 0
        let isGone = mask & UInt32(IN_MOVED_FROM) != 0
        if isFolder, isGone {
            // It is watched wherever it goes, which is not here.
            for number in folders.numbers(in: path) { inotify_rm_watch(descriptor, number) }
        }
        guard polling.wants(path, isFolder) else { return nil }
        // A file without a name, as one is that is written to take another's place (O_TMPFILE), is told of, too.
        if mask & UInt32(IN_MODIFY | IN_ATTRIB) != 0, !Self.exists(path) { return nil }
        polling.onChange(.path(path, isFolder: isFolder))
        guard isFolder, mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { return nil }
        return Self.add(path, descriptor, folders, polling.wants)
    }

    private static func exists(_ path: [UInt8]) -> Bool {
        var status = stat()
        return unsafe lstat(CString.make(path), &status) == 0
    }

    /// Watches a folder and those in it; returns why nothing more can be watched.
    private static func add(
        _ path: [UInt8],
        _ descriptor: CInt,
        _ folders: FolderNumbers,
        _ wants: @escaping @Sendable (_ path: [UInt8], _ isFolder: Bool) -> Bool
    ) -> String? {
        if let reason = addOne(path, descriptor, folders) { return reason }
        let filter: WorkspaceArchive.Filter = { inner, isFolder in
            isFolder && wants(PollingTree.join(path, inner), true) ? .include : .exclude
        }
        var reason: String?
        FolderWalk.visit(path, filter: filter) { found in
            if reason == nil { reason = addOne(PollingTree.join(path, found.path), descriptor, folders) }
        }
        return reason
    }

    private static func addOne(_ path: [UInt8], _ descriptor: CInt, _ folders: FolderNumbers) -> String? {
        let number = unsafe inotify_add_watch(descriptor, CString.make(path), events)
        guard number < 0 else {
            folders.set(number, path)
            return nil
        }
        guard errno == ENOSPC || errno == ENOMEM else { return nil }
        return "the system watches no more folders for this user (fs.inotify.max_user_watches)"
    }

    private static func text(_ reason: String) -> String {
        "\(reason): okteto-run looks for changes every second instead"
    }

    /// A number of the event's header, in the machine's order of bytes.
    private static func word(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> UInt32 {
        let start = bytes.startIndex + offset
        // Every machine that this is built for is little-endian; the other order would need no more than this line.
        return bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
}
#endif
