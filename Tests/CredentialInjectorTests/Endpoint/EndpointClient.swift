import ProcessEnvironment

@testable import CredentialInjector

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A client that sends whatever bytes it likes.
struct EndpointClient: Sendable {
    let port: UInt16

    struct Answer: Sendable {
        let status: Int
        let head: String
        let body: String
    }

    /// The request that an SDK sends, with other lines in the place of its own.
    static func request(
        _ endpoint: CredentialEndpoint,
        method: String = "GET",
        path: String? = nil,
        host: String? = nil,
        token: String? = nil,
        more: String = ""
    ) -> String {
        let path = path ?? "/" + (endpoint.url.reveal().split(separator: "/").last ?? "")
        return "\(method) \(path) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(endpoint.port)")\r\n"
            + "Authorization: \(token ?? endpoint.token.reveal())\r\nAccept: application/json\r\n\(more)\r\n"
    }

    /// Connects; nil when nobody listens.
    func connect() -> CInt? {
        #if canImport(Glibc)
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafeBytes(of: &address) { buffer -> CInt in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return systemConnect(descriptor, start, socklen_t(buffer.count))
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Sends text and reads until the end; nil when nobody listens, or nothing comes.
    func exchange(_ pieces: [String], pause: Duration = .zero) async throws -> Answer? {
        try await DedicatedThread.run {
            guard let descriptor = connect() else { return nil }
            defer { close(descriptor) }
            for piece in pieces {
                let bytes = Array(piece.utf8)
                _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                DedicatedThread.pause(pause)
            }
            return Self.readAll(descriptor)
        }
    }

    static func readAll(_ descriptor: CInt) -> Answer? {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            received += buffer[..<count]
        }
        let text = String(decoding: received, as: UTF8.self)
        guard let blank = text.firstRange(of: "\r\n\r\n"), let status = Int(text.split(separator: " ")[1]) else {
            return nil
        }
        return Answer(status: status, head: String(text[..<blank.lowerBound]), body: String(text[blank.upperBound...]))
    }
}

/// Names the system's function apart from the method.
private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
    connect(descriptor, address, length)
}
