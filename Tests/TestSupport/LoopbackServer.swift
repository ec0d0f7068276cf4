internal import ProcessEnvironment
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An HTTP server on the loopback that answers by a script: for faults that a real one can't be made to have.
///
/// The first request gets the first reply and so on; the last reply is repeated. It stops when it is let go.
package final class LoopbackServer: Sendable {
    private struct State {
        var requests: [LoopbackRequest] = []
        var connections: Set<CInt> = []
        var isStopped = false
    }

    /// The port that it listens on.
    package let port: UInt16
    private let descriptor: CInt
    private let wake: WakePipe
    private let shared: Shared

    /// Outlives the server in its threads.
    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    /// Starts a server.
    ///
    /// - Throws: ``SystemError`` when it cannot listen.
    package convenience init(_ replies: [LoopbackReply]) throws {
        try self.init { _ in replies }
    }

    /// Starts a server whose answers name its own URL, which ends in a slash.
    ///
    /// - Throws: ``SystemError`` when it cannot listen.
    package init(answering makeReplies: (_ url: String) -> [LoopbackReply]) throws {
        shared = Shared()
        wake = try WakePipe()
        #if canImport(Glibc)
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #else
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = descriptor
        let result = withUnsafeMutableBytes(of: &address) { buffer -> CInt in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(listening, start, length) == 0, listen(listening, 64) == 0 else { return -1 }
            return getsockname(listening, start, &length)
        }
        guard descriptor >= 0, result == 0 else { throw SystemError(operation: "listen", errno: errno) }
        port = UInt16(bigEndian: address.sin_port)
        let replies = makeReplies("http://127.0.0.1:\(port)/")
        let shared = shared
        let wake = wake
        try DedicatedThread.start { Self.accept(on: listening, wake: wake, replies: replies, shared: shared) }
    }

    deinit {
        shared.state.withLock { state in
            state.isStopped = true
            for connection in state.connections { shutdown(connection, CInt(SHUT_RDWR)) }
        }
        wake.wake()
    }

    /// The server's URL, which ends in a slash.
    package var url: String { "http://127.0.0.1:\(port)/" }

    /// The requests so far, in the order in which they were read to their end.
    package var requests: [LoopbackRequest] { shared.state.withLock { $0.requests } }

    private static func accept(on descriptor: CInt, wake: WakePipe, replies: [LoopbackReply], shared: Shared) {
        defer { close(descriptor) }
        while true {
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, 2, -1) > 0 || errno == EINTR else { return }
            if polled[1].revents != 0 { return }
            guard polled[0].revents != 0 else { continue }
            let connection = Self.acceptOne(descriptor)
            guard connection >= 0 else { continue }
            let isServed = shared.state.withLock { state in
                guard !state.isStopped else { return false }
                state.connections.insert(connection)
                return true
            }
            let serve: @Sendable () -> Void = {
                Self.serve(connection, replies: replies, shared: shared)
                _ = shared.state.withLock { $0.connections.remove(connection) }
                close(connection)
            }
            guard isServed, (try? DedicatedThread.start(serve)) != nil else {
                close(connection)
                continue
            }
        }
    }

    private static func acceptOne(_ descriptor: CInt) -> CInt {
        #if canImport(Glibc)
        Glibc.accept(descriptor, nil, nil)
        #else
        Darwin.accept(descriptor, nil, nil)
        #endif
    }

    private static func serve(_ connection: CInt, replies: [LoopbackReply], shared: Shared) {
        guard let request = read(from: connection) else {
            // As servers of plain HTTP answer a TLS handshake.
            let refusal = Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8)
            _ = refusal.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            return
        }
        let number = shared.state.withLock { state in
            state.requests.append(request)
            return state.requests.count - 1
        }
        guard let reply = number < replies.count ? replies[number] : replies.last else { return }
        for piece in reply.pieces {
            wait(reply.pause)
            var rest = piece[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
        if reply.hangs {
            var bytes = [UInt8](repeating: 0, count: 1024)
            while recv(connection, &bytes, bytes.count, 0) > 0 {}
        }
    }

    /// Reads a head, and a body of its `Content-Length`.
    private static func read(from connection: CInt) -> LoopbackRequest? {
        var received: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let blank = Array("\r\n\r\n".utf8)
        while true {
            if let end = received.firstRange(of: blank) {
                let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
                let lines = head.split(separator: "\r\n").map(String.init)
                let request = LoopbackRequest(lines: lines, body: "")
                let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
                let body = received[end.upperBound...]
                if body.count >= length {
                    return LoopbackRequest(lines: lines, body: String(decoding: body.prefix(length), as: UTF8.self))
                }
            }
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { return nil }
            received += bytes[..<count]
            // A method begins with a letter; a TLS handshake does not.
            guard let first = received.first, first >= UInt8(ascii: "A") else { return nil }
        }
    }

    private static func wait(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds > 0 || attoseconds > 0 else { return }
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        nanosleep(&time, nil)
    }
}
