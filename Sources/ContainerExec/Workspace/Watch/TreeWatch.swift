package import ProcessEnvironment

/// Tells what changes in folders, as it happens where the system can tell, and by looking again and again elsewhere.
///
/// One thread does it, until the value goes away or ``stop()`` is called. New folders are watched as they come.
package final class TreeWatch: Sendable {
    /// How often folders are looked at where the system does not tell.
    package static let pause = Duration.seconds(1)

    private let wake: WakePipe

    /// Starts to watch `roots`, absolute paths of folders, with all that is in them.
    ///
    /// `wants` says which paths count, and which folders are entered. `onChange` is called on the watch's thread. When
    /// the initializer returns, nothing that happens from then on is missed.
    ///
    /// `isPolling` is for where the system's own watch is not to be used.
    ///
    /// - Throws: ``SystemError`` when the system has no thread or descriptor left.
    package init(
        roots: [String],
        isPolling: Bool = false,
        wants: @escaping @Sendable (_ path: [UInt8], _ isFolder: Bool) -> Bool,
        onChange: @escaping @Sendable (TreeChange) -> Void
    ) throws(SystemError) {
        let wake = try WakePipe()
        self.wake = wake
        let roots = roots.map { Array($0.utf8) }
        #if os(Linux)
        if !isPolling {
            let inotify = try InotifyTree(roots: roots, wants: wants, onChange: onChange)
            try DedicatedThread.start {
                guard let reason = inotify.run(until: wake) else { return }
                onChange(.notice(reason))
                var snapshot = inotify.snapshot
                PollingTree(roots: roots, wants: wants, onChange: onChange).run(until: wake, &snapshot)
            }
            return
        }
        #endif
        let polling = PollingTree(roots: roots, wants: wants, onChange: onChange)
        let first = polling.look()
        try DedicatedThread.start {
            var snapshot = first
            polling.run(until: wake, &snapshot)
        }
    }

    deinit {
        wake.wake()
    }

    /// Stops to watch.
    package func stop() {
        wake.wake()
    }
}
