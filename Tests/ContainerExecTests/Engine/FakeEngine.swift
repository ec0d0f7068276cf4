import ContainerExec
import ProcessEnvironment
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A server on a Unix socket that plays an engine's faults, one scripted answer per request.
///
/// A request that no script expects is answered by 599, so that a test cannot pass by accident.
final class FakeEngine: Sendable {
    /// What is written back for a request: pieces, each by a write of its own.
    typealias Script = @Sendable (_ method: String, _ target: String) -> [String]?

    let path: String
    private let stop: WakePipe
    private let seen = Mutex<[String]>([])

    /// The requests so far, head and body.
    var requests: [String] { seen.withLock { $0 } }

    /// Starts a server; `attachment`, where there is one, answers what attaches to a container.
    ///
    /// After each piece there is a pause of microseconds.
    init(attachment: FakeAttachment? = nil, pause: UInt32 = 2_000, _ script: @escaping Script) throws {
        path = "/tmp/okteto-run-fake-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock"
        let stop = try WakePipe()
        self.stop = stop
        #if canImport(Darwin)
        let listener = socket(AF_UNIX, SOCK_STREAM, 0)
        #else
        let listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 16) == 0 else { throw SystemError(operation: "listen", errno: errno) }
        try DedicatedThread.start { [weak self] in
            // Closed by the thread that uses it: the number may be another test's socket the next moment.
            defer { close(listener) }
            while Self.awaitClient(listener, unless: stop) {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                let request = Self.readRequest(client)
                self?.seen.withLock { $0.append(request) }
                if let attachment, request.contains("/attach?") {
                    try? DedicatedThread.start {
                        attachment.serve(client)
                        close(client)
                    }
                    continue
                }
                let words = request.prefix { $0 != "\r\n" }.split(separator: " ")
                let answer =
                    words.count >= 2
                    ? script(String(words[0]), String(words[1])) : nil
                for piece in answer ?? ["HTTP/1.1 599 Unexpected\r\nContent-Length: 0\r\n\r\n"] {
                    var bytes = Array(piece.utf8)
                    _ = transmit(client, &bytes)
                    usleep(pause)
                }
                shutdown(client, CInt(SHUT_RDWR))
                close(client)
            }
        }
    }

    deinit {
        stop.wake()
        unlink(path)
    }

    /// Waits for a client, and returns false when the server is let go before one comes.
    private static func awaitClient(_ listener: CInt, unless stop: WakePipe) -> Bool {
        var polled = [
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&polled, 2, -1) < 0 && errno == EINTR {}
        return polled[1].revents == 0 && polled[0].revents != 0
    }

    /// An engine of `kind` that is this server.
    func engine(_ kind: EngineKind = .docker) throws -> Engine {
        let candidate = EngineCandidate(endpoint: try .unixSocket(path), origin: .variable("DOCKER_HOST"))
        return Engine(kind: kind, version: APIVersion(major: 1, minor: 41), candidate: candidate)
    }

    /// A whole response.
    static func response(_ status: Int, _ body: String = "", headers: String = "") -> [String] {
        [
            "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(headers)\r\n",
            body,
        ]
    }

    private static func readRequest(_ client: CInt) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(client, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let head = text[..<end.lowerBound].lowercased()
            if head.contains("transfer-encoding: chunked") {
                if text.hasSuffix("0\r\n\r\n") || head.contains("refuse-early") { break }
                continue
            }
            let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst("content-length: ".count)) }
            if text[end.upperBound...].utf8.count >= length ?? 0 { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

func transmit(_ descriptor: CInt, _ bytes: inout [UInt8]) -> Int {
    #if canImport(Darwin)
    send(descriptor, &bytes, bytes.count, 0)
    #else
    send(descriptor, &bytes, bytes.count, CInt(MSG_NOSIGNAL))
    #endif
}
