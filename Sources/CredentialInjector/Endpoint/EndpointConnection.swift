#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One connection to the endpoint: a request, an answer, and its end.
struct EndpointConnection {
    /// What it is about.
    enum Stage {
        case reading([UInt8])
        /// The credentials are being obtained.
        case waiting
        case writing([UInt8], sent: Int)
        /// The answer is on its way; what the client still sends is thrown away, since closing with unread bytes would
        /// make its system throw the answer away.
        case draining(left: Int)
        case over
    }

    /// How long a client may take to send a request, and to take an answer.
    private static let patience = Duration.seconds(2)

    let descriptor: CInt
    private(set) var stage = Stage.reading([])
    private(set) var deadline: ContinuousClock.Instant?

    init(descriptor: CInt, now: ContinuousClock.Instant) {
        self.descriptor = descriptor
        deadline = now + Self.patience
    }

    /// What to poll for.
    var events: Int16 {
        switch stage {
        case .reading, .draining: Int16(POLLIN)
        case .writing: Int16(POLLOUT)
        // Only an end of the connection, which poll(2) always tells.
        case .waiting, .over: 0
        }
    }

    /// Goes on with what poll(2) told, and returns a request that is complete now.
    mutating func advance(_ events: Int16, now: ContinuousClock.Instant) -> EndpointRequest? {
        switch stage {
        case .reading(let bytes): return read(after: bytes, now)
        case .writing: write(now)
        case .draining(let left): drain(left)
        case .waiting: if events & Int16(POLLHUP | POLLERR) != 0 { stage = .over }
        case .over: break
        }
        return nil
    }

    /// Sends an answer, as much of it as goes at once.
    mutating func answer(_ answer: EndpointAnswer, now: ContinuousClock.Instant) {
        stage = .writing(answer.bytes, sent: 0)
        deadline = now + Self.patience
        write(now)
    }

    /// Ends it when its time is over.
    mutating func expire(_ now: ContinuousClock.Instant) {
        if let deadline, now >= deadline { stage = .over }
    }

    /// Ends it.
    mutating func end() {
        stage = .over
    }

    private mutating func read(after bytes: [UInt8], _ now: ContinuousClock.Instant) -> EndpointRequest? {
        var buffer = [UInt8](repeating: 0, count: 4 << 10)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            if count == 0 || !Self.isPassing(errno) { stage = .over }
            return nil
        }
        let bytes = bytes + buffer[..<count]
        switch EndpointRequest.read(bytes) {
        case .incomplete:
            stage = .reading(bytes)
        case .refused(let answer):
            self.answer(answer, now: now)
        case .complete(let request):
            stage = .waiting
            deadline = nil
            return request
        }
        return nil
    }

    private mutating func write(_ now: ContinuousClock.Instant) {
        guard case .writing(var bytes, let sent) = stage else { return }
        let count = unsafe bytes.withUnsafeBytes { buffer in
            // A reader that has gone is an error here and no signal: the program ignores SIGPIPE.
            unsafe send(descriptor, buffer.baseAddress.map { unsafe $0 + sent }, buffer.count - sent, 0)
        }
        if count < 0 {
            if !Self.isPassing(errno) { stage = .over }
        } else if sent + count < bytes.count {
            stage = .writing(bytes, sent: sent + count)
        } else {
            stage = .draining(left: 64 << 10)
            Cleanser.cleanse(&bytes)
            shutdown(descriptor, CInt(SHUT_WR))
        }
    }

    private mutating func drain(_ left: Int) {
        var buffer = [UInt8](repeating: 0, count: 4 << 10)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 && count < left {
            stage = .draining(left: left - count)
        } else if count >= 0 || !Self.isPassing(errno) {
            stage = .over
        }
    }

    private static func isPassing(_ code: CInt) -> Bool {
        code == EAGAIN || code == EWOULDBLOCK || code == EINTR
    }
}
