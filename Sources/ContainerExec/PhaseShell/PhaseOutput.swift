internal import ProcessEnvironment
internal import Synchronization

/// What becomes of a phase's output: fences are cut out, secrets masked, and the rest handed on.
final class PhaseOutput: Sendable {
    /// The most that is read of `$OKTETO_ENV`.
    private static let longestEnvironmentFile = 1 << 20

    private struct State {
        var readers: [FenceReader]
        var maskers = [SecretMasker(), SecretMasker()]
        var isCapturing = false
        var captured: [UInt8]?
        var statuses: [Int32?] = [nil, nil]
    }

    private let state: Mutex<State>
    private let consumer: @Sendable (OutputStream, RawSpan) -> Void

    init(nonce: String, consumer: @escaping @Sendable (OutputStream, RawSpan) -> Void) {
        self.consumer = consumer
        state = Mutex(State(readers: [FenceReader(nonce: nonce), FenceReader(nonce: nonce)]))
    }

    /// Secrets that are masked from now on.
    func add(_ secrets: [Secret]) {
        state.withLock { state in
            for index in state.maskers.indices { state.maskers[index].add(secrets) }
        }
    }

    /// Takes output in; returns the command's status and environment file once both streams have shown the fence.
    func consume(_ stream: OutputStream, _ bytes: RawSpan) -> (status: Int32, environmentFile: [UInt8]?)? {
        state.withLock { state in
            let index = stream.rawValue
            var reader = state.readers[index]
            var masker = state.maskers[index]
            var isCapturing = stream == .standardOutput && state.isCapturing
            var captured = state.captured
            var status: Int32?
            reader.consume(bytes) { piece in
                if isCapturing {
                    let room = max(0, Self.longestEnvironmentFile - (captured?.count ?? 0))
                    unsafe piece.withUnsafeBytes { unsafe captured = (captured ?? []) + $0.prefix(room) }
                } else {
                    masker.consume(piece) { consumer(stream, $0) }
                }
            } found: { word in
                if word == "E" {
                    isCapturing = true
                    captured = []
                } else {
                    isCapturing = false
                    status = Int32(word)
                    // What could have become a secret cannot any more: the command has ended.
                    masker.finish { consumer(stream, $0) }
                }
            }
            state.readers[index] = reader
            state.maskers[index] = masker
            if stream == .standardOutput {
                state.isCapturing = isCapturing
                state.captured = captured
            }
            if let status { state.statuses[index] = status }
            guard let result = state.statuses[0], state.statuses[1] != nil else { return nil }
            state.statuses = [nil, nil]
            defer { state.captured = nil }
            return (result, state.captured)
        }
    }

    /// Gives out what is held back, at the end of the channel.
    func finish() {
        state.withLock { state in
            for stream in OutputStream.allCases {
                let index = stream.rawValue
                var masker = state.maskers[index]
                var reader = state.readers[index]
                reader.finish { piece in masker.consume(piece) { consumer(stream, $0) } }
                masker.finish { consumer(stream, $0) }
                state.maskers[index] = masker
                state.readers[index] = reader
            }
        }
    }
}
