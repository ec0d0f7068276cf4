internal import ProcessEnvironment
internal import Synchronization

/// What becomes of a phase's output: fences are cut out, secrets masked, and the rest handed on.
///
/// ``consume(_:_:)`` and ``finish()`` belong to the channel's thread, which may wait in the consumer for as long as a
/// slow reader likes. ``add(_:)`` never waits for it.
final class PhaseOutput: Sendable {
    /// The most that is read of `$OKTETO_ENV`.
    private static let longestEnvironmentFile = 1 << 20

    private struct Stream {
        var reader: FenceReader
        var masker = SecretMasker()
        var status: Int32?
        var isCapturing = false
        /// Whether nothing has come since the last tick.
        var isQuiet = false
    }

    private struct State {
        var streams: [Stream]
        var captured: [UInt8]?
    }

    private let state: Mutex<State>
    private let newSecrets = Mutex<[Secret]>([])
    private let consumer: @Sendable (OutputStream, RawSpan) -> Void

    init(nonce: String, consumer: @escaping @Sendable (OutputStream, RawSpan) -> Void) {
        self.consumer = consumer
        let stream = Stream(reader: FenceReader(nonce: nonce))
        state = Mutex(State(streams: [stream, stream]))
    }

    /// Secrets that are masked in all that is consumed from now on.
    func add(_ secrets: [Secret]) {
        newSecrets.withLock { $0 += secrets }
    }

    /// Takes output in, and returns what its fences tell.
    func consume(_ stream: OutputStream, _ bytes: RawSpan) -> OutputMarks {
        state.withLock { state in
            learn(&state)
            var marks = OutputMarks()
            var position = 0
            let index = stream.rawValue
            while let piece = state.streams[index].reader.next(in: bytes, from: &position) {
                switch piece {
                case .text(let range): take(bytes.extracting(range), of: stream, &state)
                case .held(let held): unsafe take(held.span.bytes, of: stream, &state)
                case .word(let word): understand(word, of: stream, &state, &marks)
                }
            }
            guard let status = state.streams[0].status, state.streams[1].status != nil else { return marks }
            for index in state.streams.indices { state.streams[index].status = nil }
            marks.result = (status, state.captured)
            state.captured = nil
            return marks
        }
    }

    /// Gives out what may be shown of what is held back, where a stream has been quiet since the last call.
    func tick() {
        state.withLock { state in
            for stream in OutputStream.allCases {
                let index = stream.rawValue
                if state.streams[index].isQuiet { state.streams[index].masker.pause { consumer(stream, $0) } }
                state.streams[index].isQuiet = true
            }
        }
    }

    /// Gives out what is held back, at the end of the channel.
    func finish() {
        state.withLock { state in
            learn(&state)
            for stream in OutputStream.allCases {
                let held = state.streams[stream.rawValue].reader.finish()
                unsafe take(held.span.bytes, of: stream, &state)
                state.streams[stream.rawValue].masker.finish { consumer(stream, $0) }
            }
        }
    }

    private func learn(_ state: inout State) {
        let secrets = newSecrets.withLock { secrets in
            defer { if !secrets.isEmpty { secrets = [] } }
            return secrets
        }
        guard !secrets.isEmpty else { return }
        for index in state.streams.indices { state.streams[index].masker.add(secrets) }
    }

    private func take(_ bytes: RawSpan, of stream: OutputStream, _ state: inout State) {
        state.streams[stream.rawValue].isQuiet = false
        guard state.streams[stream.rawValue].isCapturing else {
            return state.streams[stream.rawValue].masker.consume(bytes) { consumer(stream, $0) }
        }
        let room = max(0, Self.longestEnvironmentFile - (state.captured?.count ?? 0))
        unsafe bytes.withUnsafeBytes { unsafe state.captured?.append(contentsOf: $0.prefix(room)) }
    }

    private func understand(_ word: String, of stream: OutputStream, _ state: inout State, _ marks: inout OutputMarks) {
        switch word {
        case "S":
            marks.hasStarted = true
        case "E":
            state.streams[stream.rawValue].isCapturing = stream == .standardOutput
            state.captured = []
        case _ where word.first == "X":
            // The job writes its status on standard output last of all, so one that has is not lost: the streams are
            // apart, and what it wrote on the other one before may yet have to come.
            if state.streams[stream.rawValue].status == nil { marks.lost = Int(word.dropFirst()) }
        default:
            state.streams[stream.rawValue].isCapturing = false
            state.streams[stream.rawValue].status = Int32(word)
            // What could have become a secret cannot any more: the command has ended.
            state.streams[stream.rawValue].masker.finish { consumer(stream, $0) }
        }
    }
}
