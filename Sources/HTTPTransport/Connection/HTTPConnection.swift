internal import CLibCurl
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A connection on which HTTP/1.1 is spoken by hand, for streams in both directions: an attached container, an upload.
///
/// libcurl makes it (CURLOPT_CONNECT_ONLY: Unix sockets, TCP, TLS and programs alike) and moves the bytes. One thread at a time
/// sends or receives; the calls that say so block it. The connection is closed with the last reference.
package final class HTTPConnection: Sendable {
    private struct State: ~Copyable {
        let handle: EasyHandle
        /// What came behind a head that was read, and how much of it was taken.
        var surplus: [UInt8] = []
        var taken = 0

        mutating func receive(into target: UnsafeMutableRawBufferPointer) throws(HTTPTransportError) -> HTTPReceipt {
            guard let start = target.baseAddress, target.count > 0 else { return .wouldBlock }
            let waiting = surplus.count - taken
            if waiting > 0 {
                let count = min(waiting, target.count)
                unsafe surplus.withUnsafeBytes { bytes in
                    let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + count])
                    unsafe target.copyMemory(from: part)
                }
                taken += count
                return .bytes(count)
            }
            var received = 0
            let code = unsafe oktetorun_curl_easy_recv(handle.raw, start, target.count, &received)
            switch code {
            case CURLE_OK: return received > 0 ? .bytes(received) : .ended
            case CURLE_AGAIN: return .wouldBlock
            default: throw handle.error(for: code)
            }
        }
    }

    /// The socket, for `poll(2)`.
    package let descriptor: CInt
    private let state: Mutex<State>
    private let host: String
    private let isInterrupted = Atomic(false)

    private init(handle: consuming sending EasyHandle, descriptor: CInt, host: String) {
        self.descriptor = descriptor
        self.host = host
        state = Mutex(State(handle: handle))
    }

    /// Connects to the host of `url`, blocking the thread for `timeout` at most.
    ///
    /// - Throws: ``HTTPTransportError`` when there is no connection.
    package static func open(
        _ client: HTTPClient,
        url: String,
        timeout: Duration = .seconds(5)
    ) throws(HTTPTransportError) -> HTTPConnection {
        var handle = try EasyHandle.make()
        try handle.configure(client, url: url, connectTimeout: timeout)
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        let code = unsafe oktetorun_curl_easy_perform(handle.raw)
        guard code == CURLE_OK else { throw handle.error(for: code) }
        var socket: curl_socket_t = -1
        _ = unsafe oktetorun_curl_getinfo_socket(handle.raw, CURLINFO_ACTIVESOCKET, &socket)
        let host = url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        return HTTPConnection(handle: handle, descriptor: socket, host: String(host))
    }

    /// Sends what the socket takes without waiting, and returns how much that was; 0 when it takes nothing now.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection is broken.
    package func send(_ bytes: RawSpan) throws(HTTPTransportError) -> Int {
        guard bytes.byteCount > 0 else { return 0 }
        return try state.withLock { (state) throws(HTTPTransportError) -> Int in
            var sent = 0
            let code = unsafe bytes.withUnsafeBytes { buffer -> CURLcode in
                guard let start = buffer.baseAddress else { return CURLE_OK }
                return unsafe oktetorun_curl_easy_send(state.handle.raw, start, buffer.count, &sent)
            }
            guard code == CURLE_OK || code == CURLE_AGAIN else { throw state.handle.error(for: code) }
            return code == CURLE_AGAIN ? 0 : sent
        }
    }

    /// Sends all of it, blocking the thread while the peer does not read.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection is broken, or `wait` says to give up.
    package func sendAll(_ bytes: RawSpan) throws(HTTPTransportError) {
        var sent = 0
        while sent < bytes.byteCount {
            let count = try send(bytes.extracting(sent..<bytes.byteCount))
            sent += count
            if count == 0 { wait(for: Int16(POLLOUT)) }
        }
    }

    /// Receives what is there without waiting.
    ///
    /// Over TLS bytes may wait behind the socket, so call this until it would block before polling.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection is broken.
    package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(HTTPTransportError) -> HTTPReceipt {
        // A captured pointer would tie the guarded state to the caller's isolation region; a number does not.
        let address = UInt(bitPattern: buffer.baseAddress)
        let capacity = buffer.count
        return try state.withLock { (state) throws(HTTPTransportError) -> HTTPReceipt in
            try unsafe state.receive(
                into: UnsafeMutableRawBufferPointer(
                    start: UnsafeMutableRawPointer(bitPattern: address),
                    count: capacity
                )
            )
        }
    }

    /// Sends the head of a request: its line, `Host` and its own header fields.
    ///
    /// The body, if any, is the caller's.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection is broken.
    package func sendHead(_ request: HTTPRequest) throws(HTTPTransportError) {
        let target = request.url.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" && $0 != "?" }
        var text = "\(request.method) \(target.isEmpty ? "/" : target) HTTP/1.1\r\nHost: \(host)\r\n"
        for header in request.headers { text += "\(header.name): \(header.value)\r\n" }
        text += "\r\n"
        let bytes = Array(text.utf8)
        try unsafe sendAll(bytes.span.bytes)
    }

    /// Reads the head of a response, blocking the thread; what comes behind it is received first later.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection ends, the time is over or the head is no HTTP.
    package func readHead(timeout: Duration = .seconds(30)) throws(HTTPTransportError) -> HTTPResponseHead {
        let deadline = ContinuousClock.now + timeout
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            var span = piece.mutableSpan
            let receipt = try unsafe span.withUnsafeMutableBytes { (buffer) throws(HTTPTransportError) -> HTTPReceipt in
                try unsafe receive(into: buffer)
            }
            switch receipt {
            case .bytes(let count):
                received += piece[..<count]
                if let end = Self.endOfHead(received) {
                    state.withLock {
                        $0.surplus = Array(received[end...])
                        $0.taken = 0
                    }
                    return try Self.parse(received[..<end])
                }
                guard received.count < 64 << 10 else {
                    throw HTTPTransportError(.badResponse, "the response's head is longer than 64 KiB")
                }
            case .ended:
                throw ended()
            case .wouldBlock:
                let left = (deadline - .now).milliseconds
                guard left > 0 else { throw HTTPTransportError(.timedOut, "no response came within \(timeout)") }
                wait(for: Int16(POLLIN), milliseconds: left)
            }
        }
    }

    /// Tells the peer that nothing more will be sent, while its own bytes still come.
    package func finishSending() {
        shutdown(descriptor, CInt(SHUT_WR))
    }

    /// Ends the connection in both directions: whatever waits on it, on any thread, sees its end.
    package func interrupt() {
        isInterrupted.store(true, ordering: .releasing)
        shutdown(descriptor, CInt(SHUT_RDWR))
    }

    private func ended() -> HTTPTransportError {
        let error = HTTPTransportError(.interrupted, "the connection ended before a response came")
        // Who ended it needs no reasons, for which a program would be waited for.
        guard !isInterrupted.load(ordering: .acquiring) else { return error }
        return state.withLock { $0.handle.explained(error) }
    }

    private func wait(for events: Int16, milliseconds: Int = -1) {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        _ = unsafe poll(&entry, 1, CInt(clamping: milliseconds))
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
    }

    private static func parse(_ bytes: ArraySlice<UInt8>) throws(HTTPTransportError) -> HTTPResponseHead {
        var head = HTTPResponseHead()
        for line in bytes.split(separator: 10) { head.consume(line: line) }
        guard 100..<600 ~= head.status else {
            throw HTTPTransportError(.badResponse, "what answered does not speak HTTP")
        }
        return head
    }
}
