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
        /// What the command's fence told, until the other stream's is there.
        var end: (status: Int32, goesOn: Bool)?
        /// What came after that fence: the next command's, which is to be told of first.
        var waiting: [UInt8] = []
        var isCapturing = false
        /// Whether nothing has come since the last tick.
        var isQuiet = false
    }

    private struct State {
        var streams: [Stream]
        var captured: [UInt8]?

        mutating func takeWaiting(of stream: OutputStream) -> [UInt8] {
            defer { streams[stream.rawValue].waiting = [] }
            return streams[stream.rawValue].waiting
        }
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

    /// Takes output in, and tells what its fences say, in its place among the output.
    func consume(_ stream: OutputStream, _ bytes: RawSpan, _ tell: (OutputMark) -> Void) {
        state.withLock { state in
            learn(&state)
            take(bytes, of: stream, &state, tell)
        }
    }

    private func take(_ bytes: RawSpan, of stream: OutputStream, _ state: inout State, _ tell: (OutputMark) -> Void) {
        let index = stream.rawValue
        var position = 0
        while true {
            guard state.streams[index].end == nil else {
                let rest = bytes.extracting(position..<bytes.byteCount)
                return unsafe rest.withUnsafeBytes { unsafe state.streams[index].waiting.append(contentsOf: $0) }
            }
            guard let piece = state.streams[index].reader.next(in: bytes, from: &position) else { return }
            switch piece {
            case .text(let range): pass(bytes.extracting(range), of: stream, &state)
            case .held(let held): unsafe pass(held.span.bytes, of: stream, &state)
            case .word(let word): understand(word, of: stream, &state, tell)
            }
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
                // A fence that only one stream has shown is none any more.
                state.streams[stream.rawValue].end = nil
                let waiting = state.takeWaiting(of: stream)
                unsafe take(waiting.span.bytes, of: stream, &state) { _ in }
                let held = state.streams[stream.rawValue].reader.finish()
                unsafe pass(held.span.bytes, of: stream, &state)
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

    private func pass(_ bytes: RawSpan, of stream: OutputStream, _ state: inout State) {
        state.streams[stream.rawValue].isQuiet = false
        guard state.streams[stream.rawValue].isCapturing else {
            return state.streams[stream.rawValue].masker.consume(bytes) { consumer(stream, $0) }
        }
        let room = max(0, Self.longestEnvironmentFile - (state.captured?.count ?? 0))
        unsafe bytes.withUnsafeBytes { unsafe state.captured?.append(contentsOf: $0.prefix(room)) }
    }

    private func understand(
        _ word: String,
        of stream: OutputStream,
        _ state: inout State,
        _ tell: (OutputMark) -> Void
    ) {
        switch word {
        case "S":
            tell(.started)
        case "E":
            state.streams[stream.rawValue].isCapturing = stream == .standardOutput
            state.captured = []
        case _ where word.first == "X":
            // The job writes its status on standard output last of all. So this tells of no command that has written
            // it: it waits behind that fence, and is of an earlier one when its turn comes.
            if let number = Int(word.dropFirst()) { tell(.lost(number)) }
        default:
            guard let status = Int32(word.prefix { $0.isNumber }) else { return }
            state.streams[stream.rawValue].isCapturing = false
            state.streams[stream.rawValue].end = (status, word.hasSuffix("M"))
            // What could have become a secret cannot any more: the command has ended.
            state.streams[stream.rawValue].masker.finish { consumer(stream, $0) }
            finishCommand(seenOn: stream, &state, tell)
        }
    }

    /// Tells the command's end when both streams have shown it, and goes on with what waited for that.
    private func finishCommand(seenOn stream: OutputStream, _ state: inout State, _ tell: (OutputMark) -> Void) {
        guard let end = state.streams[0].end, state.streams[1].end != nil else { return }
        for index in state.streams.indices { state.streams[index].end = nil }
        tell(.finished(status: end.status, environmentFile: state.captured, goesOn: end.goesOn))
        state.captured = nil
        for other in OutputStream.allCases where other != stream {
            let waiting = state.takeWaiting(of: other)
            unsafe take(waiting.span.bytes, of: other, &state, tell)
        }
    }
}
