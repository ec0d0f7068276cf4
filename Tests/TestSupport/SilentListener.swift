internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A port of the loopback to which connections can be made, and on which nobody ever answers.
package final class SilentListener: Sendable {
    /// The port.
    package let port: UInt16
    private let descriptor: CInt

    /// Starts to listen.
    ///
    /// - Throws: ``SystemError`` when it cannot.
    package init() throws {
        #if canImport(Glibc)
        let listening = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #else
        let listening = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutableBytes(of: &address) { buffer -> CInt in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(listening, start, length) == 0, listen(listening, 16) == 0 else { return -1 }
            return getsockname(listening, start, &length)
        }
        guard listening >= 0, result == 0 else { throw SystemError(operation: "listen", errno: errno) }
        descriptor = listening
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(descriptor)
    }
}
