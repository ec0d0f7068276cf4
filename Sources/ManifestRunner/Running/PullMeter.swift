internal import ContainerExec
internal import Synchronization

/// Makes the progress of a pull from what the engine reports, on whichever thread that comes.
final class PullMeter: Sendable {
    private let tally: Mutex<PullTally>
    private let handle: ProgressHandle

    /// Creates a meter that tells `handle` of a pull by an engine of `kind`.
    init(_ kind: EngineKind, _ handle: ProgressHandle) {
        tally = Mutex(PullTally(kind))
        self.handle = handle
    }

    /// Takes in one line.
    func add(_ line: PullProgress) {
        tell { $0.add(line) }
    }

    /// Takes in that the pull has succeeded.
    func finish() {
        tell { $0.finish() }
    }

    private func tell(_ change: (inout PullTally) -> Void) {
        let tally = tally.withLock { tally in
            change(&tally)
            return tally
        }
        let layers = tally.knownLayers
        var state = ProgressState()
        if layers > 0 { state.detail = "\(tally.finishedLayers)/\(layers) \(layers == 1 ? "layer" : "layers")" }
        state.bytes = tally.downloadedBytes
        state.totalBytes = tally.totalBytes
        handle.update(state)
    }
}
