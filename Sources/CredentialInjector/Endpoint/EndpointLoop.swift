internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What the thread of an endpoint does until it is stopped: it has the connections, and asks for credentials elsewhere.
struct EndpointLoop {
    /// The most connections at once; more wait in the listener's queue.
    private static let maximumConnections = 128

    private let listener: LoopbackListener
    private let access: EndpointAccess
    private let mailbox: EndpointMailbox
    /// Asks for the credentials for a connection.
    private let ask: @Sendable (Int) -> Void
    private var connections: [Int: EndpointConnection] = [:]
    private var count = 0
    /// Until when no connection is taken, since the process has no descriptor left.
    private var pausedUntil: ContinuousClock.Instant?

    init(
        listener: LoopbackListener,
        access: EndpointAccess,
        mailbox: EndpointMailbox,
        ask: @escaping @Sendable (Int) -> Void
    ) {
        self.listener = listener
        self.access = access
        self.mailbox = mailbox
        self.ask = ask
    }

    /// Serves until the mailbox is stopped; the port and every connection are closed then.
    mutating func run() {
        while true {
            let ready = wait()
            let contents = mailbox.take()
            let now = ContinuousClock.now
            guard !contents.isStopped else { break }
            for (identifier, answer) in contents.answers {
                // One whose client has gone meanwhile is not there any more.
                connections[identifier]?.answer(answer, now: now)
            }
            for (identifier, events) in ready { advance(identifier, events, now) }
            takeConnections(now)
            sweep(now)
        }
        listener.end()
        for connection in connections.values { close(connection.descriptor) }
    }

    /// Waits until something can be done, and returns what poll(2) told of the connections.
    private func wait() -> [(Int, Int16)] {
        let identifiers = Array(connections.keys)
        var entries = [pollfd(fd: mailbox.wake.descriptor, events: Int16(POLLIN), revents: 0)]
        for identifier in identifiers {
            guard let connection = connections[identifier] else { continue }
            entries.append(pollfd(fd: connection.descriptor, events: connection.events, revents: 0))
        }
        if mayTake(.now) { entries.append(pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)) }
        guard unsafe poll(&entries, nfds_t(entries.count), timeout) >= 0 else { return [] }
        return zip(identifiers, entries.dropFirst()).compactMap { identifier, entry in
            entry.revents == 0 ? nil : (identifier, entry.revents)
        }
    }

    /// The milliseconds until the next deadline; -1 where there is none.
    private var timeout: CInt {
        let deadlines = connections.values.compactMap(\.deadline) + (pausedUntil.map { [$0] } ?? [])
        guard let next = deadlines.min() else { return -1 }
        let left = max(.zero, next - .now)
        return CInt(clamping: Int(left / .milliseconds(1)) + 1)
    }

    private func mayTake(_ now: ContinuousClock.Instant) -> Bool {
        connections.count < Self.maximumConnections && pausedUntil.map { now >= $0 } ?? true
    }

    private mutating func advance(_ identifier: Int, _ events: Int16, _ now: ContinuousClock.Instant) {
        guard let request = connections[identifier]?.advance(events, now: now) else { return }
        if let refusal = access.refusal(of: request) {
            connections[identifier]?.answer(refusal, now: now)
        } else {
            ask(identifier)
        }
    }

    private mutating func takeConnections(_ now: ContinuousClock.Instant) {
        while mayTake(now) {
            do {
                guard let descriptor = try listener.accept() else { return }
                pausedUntil = nil
                count += 1
                connections[count] = EndpointConnection(descriptor: descriptor, now: now)
            } catch {
                pausedUntil = now + .milliseconds(100)
            }
        }
    }

    private mutating func sweep(_ now: ContinuousClock.Instant) {
        for (identifier, var connection) in connections {
            connection.expire(now)
            if case .over = connection.stage {
                close(connection.descriptor)
                connections[identifier] = nil
            }
        }
    }
}
