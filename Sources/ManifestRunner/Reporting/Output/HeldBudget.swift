internal import Synchronization

/// What all lanes of a run may hold together.
///
/// Each holds a few MiB in memory and the rest in a file of its own; of lanes there may be as many as a manifest has tests.
final class HeldBudget: Sendable {
    /// What a lane holds: bytes in memory, and files.
    struct Share: Sendable, Hashable {
        var bytes = 0
        var files = 0
    }

    private let limit: Share
    private let used = Mutex(Share())
    /// How often a block has been shown out of its turn.
    private let count = Atomic(0)

    init(bytes: Int = 64 << 20, files: Int = 64) {
        limit = Share(bytes: bytes, files: files)
    }

    /// A lane holds something else now than before; returns false when all together hold too much.
    func change(from old: Share, to new: Share) -> Bool {
        used.withLock { used in
            used.bytes += new.bytes - old.bytes
            used.files += new.files - old.files
            let grows = new.bytes > old.bytes || new.files > old.files
            return !grows || used.bytes <= limit.bytes && used.files <= limit.files
        }
    }

    /// How often a block has been shown out of its turn.
    var interruptions: Int { count.load(ordering: .relaxed) }

    /// A block is shown out of its turn.
    func interrupt() {
        count.wrappingAdd(1, ordering: .relaxed)
    }
}
