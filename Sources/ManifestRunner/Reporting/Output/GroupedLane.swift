internal import Synchronization

/// A lane that is shown as one block: held until its turn comes, and from then on as it comes.
final class GroupedLane: OutputLane {
    private struct State {
        var held = HeldBlock()
        /// Whether the phase has begun: before, what okteto-run says about it is not held.
        var isActive = false
        var isShown = false
        /// What of the budget is taken.
        var share = HeldBudget.Share()
        /// Whether the block's head has been written, and how many blocks had been shown out of their turn by then.
        var isBegun = false
        var interruptions = 0
    }

    private let head: String
    private let writer: OutputWriter
    private let turns: GroupedTurns
    private let id: Int
    private let state = Mutex(State())

    /// Creates a lane whose block begins with the line `head`; its `id` is no other one's.
    init(head: String, id: Int, turns: GroupedTurns, writer: OutputWriter) {
        self.head = head
        self.id = id
        self.turns = turns
        self.writer = writer
    }

    func write(_ bytes: RawSpan, to target: OutputWriter.Target) -> Bool {
        state.withLock { state in
            guard !state.isShown else {
                writeHead(&state)
                return writer.write(bytes, to: target)
            }
            return unsafe bytes.withUnsafeBytes {
                unsafe hold($0, target == .standardOutput ? .output : .errors, &state)
            }
        }
    }

    func writeLines(_ text: String, to target: OutputWriter.Target) {
        state.withLock { state in
            // What goes to standard output marks the block for a CI job's log, and belongs into it.
            guard state.isActive || target == .standardOutput, !state.isShown else {
                if state.isShown { writeHead(&state) }
                return writer.writeLines(text, to: target)
            }
            let bytes = Array(text.utf8)
            _ = unsafe bytes.withUnsafeBytes {
                unsafe hold($0, target == .standardOutput ? .ownOutput : .ownErrors, &state)
            }
        }
    }

    func endLines() {}

    func showUnfinishedLines(since _: ContinuousClock.Instant) {}

    func begin() {
        state.withLock { $0.isActive = true }
        turns.begin(id, self)
    }

    func end() { turns.end(id) }

    /// Shows what is held, and from now on everything as it comes.
    func show() {
        state.withLock { state in
            state.isShown = true
            release(&state)
        }
    }

    private func hold(_ bytes: UnsafeRawBufferPointer, _ kind: HeldBlock.Kind, _ state: inout State) -> Bool {
        let isHeld = (try? unsafe state.held.append(bytes, kind)) != nil
        if account(&state), isHeld { return true }
        // No room is left for it: better out of its turn than lost.
        turns.budget.interrupt()
        release(&state)
        // What follows is held again, and is a block of its own.
        state.isBegun = false
        return unsafe isHeld || put(bytes, kind)
    }

    /// Returns false when the lanes hold too much with what this one holds.
    private func account(_ state: inout State) -> Bool {
        let share = state.held.share
        defer { state.share = share }
        return turns.budget.change(from: state.share, to: share)
    }

    /// Writes the block's head, once, and again where another block was shown within this one.
    private func writeHead(_ state: inout State) {
        let interruptions = turns.budget.interruptions
        guard !state.isBegun || state.interruptions != interruptions else { return }
        if state.isActive { writer.writeLines(head + "\n", to: .standardError) }
        state.isBegun = true
        state.interruptions = interruptions
    }

    private func release(_ state: inout State) {
        writeHead(&state)
        do {
            try unsafe state.held.release { _ = unsafe put($0, $1) }
        } catch {
            writer.lose("the output that was held could not be read: \(error)")
        }
        _ = account(&state)
    }

    private func put(_ bytes: UnsafeRawBufferPointer, _ kind: HeldBlock.Kind) -> Bool {
        let target: OutputWriter.Target = kind == .output || kind == .ownOutput ? .standardOutput : .standardError
        switch kind {
        case .output, .errors:
            return unsafe writer.write(bytes.bytes, to: target)
        case .ownOutput, .ownErrors:
            unsafe writer.writeLines(String(decoding: bytes, as: UTF8.self), to: target)
            return true
        }
    }
}
