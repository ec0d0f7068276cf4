/// How many phases of a run are where.
struct BoardCounts {
    /// One of the counts, which is not zero.
    struct Part {
        let count: Int
        let word: String
        /// What stands for the word where there is no room.
        let sign: String
        let colour: String?
    }

    let parts: [Part]

    init(_ board: RunBoard) {
        var passed = 0
        var failed = 0
        var cancelled = 0
        var skipped = 0
        var unchanged = 0
        var running = 0
        var waiting = 0
        for phase in board.phases {
            switch phase.outcome {
            case .succeeded: passed += 1
            case .failed: failed += 1
            case .cancelled: cancelled += 1
            case .skipped(.unchanged): unchanged += 1
            case .skipped: skipped += 1
            case nil: if phase.isActive { running += 1 } else { waiting += 1 }
            }
        }
        parts = [
            Part(count: passed, word: "passed", sign: "✓", colour: "32"),
            Part(count: failed, word: "failed", sign: "x", colour: "31"),
            Part(count: cancelled, word: "cancelled", sign: "x", colour: "33"),
            Part(count: unchanged, word: "unchanged", sign: "=", colour: nil),
            Part(count: skipped, word: "skipped", sign: "-", colour: "33"),
            Part(count: running, word: "running", sign: "|", colour: "36"),
            Part(count: waiting, word: "waiting", sign: "·", colour: nil),
        ].filter { $0.count > 0 }
    }
}
