internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Looks at folders again and again, and tells what differs.
struct PollingTree: Sendable {
    /// What a folder held: each path with what changes when it does; a folder's time changes with its names alone.
    typealias Snapshot = [[UInt8]: Mark]

    struct Mark: Sendable, Hashable {
        let stamp: FileStamp
        let mode: UInt32
        let isFolder: Bool
    }

    let roots: [[UInt8]]
    let wants: @Sendable (_ path: [UInt8], _ isFolder: Bool) -> Bool
    let onChange: @Sendable (TreeChange) -> Void

    /// Tells of differences until `wake` is woken.
    func run(until wake: WakePipe, _ snapshot: inout Snapshot) {
        while true {
            let clock = ContinuousClock()
            let start = clock.now
            let now = look()
            tell(from: snapshot, to: now)
            snapshot = now
            // A tree that takes long to look at is looked at less often.
            let pause = max(TreeWatch.pause, (clock.now - start) * 10)
            var entry = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = CInt(clamping: Int64(pause / .milliseconds(1)))
            if unsafe poll(&entry, 1, milliseconds) > 0 { return }
        }
    }

    /// Returns what there is now; what cannot be read is not there.
    func look() -> Snapshot {
        var snapshot: Snapshot = [:]
        for root in roots {
            let filter: WorkspaceArchive.Filter = { path, isFolder in
                wants(Self.join(root, path), isFolder) ? .include : .exclude
            }
            FolderWalk.visit(root, filter: filter) { found in
                let isFolder = found.status.kind == .folder
                snapshot[Self.join(root, found.path)] = Mark(
                    // Of a folder, what is in it tells by itself.
                    stamp: isFolder ? .unknown : FileStamp(found.status),
                    mode: found.status.mode,
                    isFolder: isFolder
                )
            }
        }
        return snapshot
    }

    /// Tells what differs between two looks.
    func tell(from before: Snapshot, to now: Snapshot) {
        for (path, mark) in now where before[path] != mark { onChange(.path(path, isFolder: mark.isFolder)) }
        for (path, mark) in before where now[path] == nil { onChange(.path(path, isFolder: mark.isFolder)) }
    }

    static func join(_ root: [UInt8], _ path: [UInt8]) -> [UInt8] {
        root.last == UInt8(ascii: "/") ? root + path : root + [UInt8(ascii: "/")] + path
    }
}
