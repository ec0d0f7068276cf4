internal import Synchronization

/// A lane that is shown as one block: held until its turn comes, and from then on as it comes.
final class GroupedLane: OutputLane {
    private struct State {
        var held = HeldBlock()
        /// Whether the phase has begun: before, what okteto-run says about it is not held.
        var isActive = false
        var isShown = false
        /// Whether the block's head has been written.
        var isBegun = false
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
            guard !state.isShown else { return writer.write(bytes, to: target) }
            return unsafe bytes.withUnsafeBytes {
                unsafe hold($0, target == .standardOutput ? .output : .errors, &state)
            }
        }
    }

    func writeLines(_ text: String, to target: OutputWriter.Target) {
        state.withLock { state in
            // What goes to standard output marks the block for a CI job's log, and belongs into it.
            guard state.isActive || target == .standardOutput, !state.isShown else {
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
        if (try? unsafe state.held.append(bytes, kind)) != nil { return true }
        // No room is left for it: better out of its turn than lost.
        release(&state)
        return unsafe put(bytes, kind)
    }

    private func release(_ state: inout State) {
        if !state.isBegun, state.isActive { writer.writeLines(head + "\n", to: .standardError) }
        state.isBegun = true
        do {
            try unsafe state.held.release { _ = unsafe put($0, $1) }
        } catch {
            writer.lose("the output that was held could not be read: \(error)")
        }
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
