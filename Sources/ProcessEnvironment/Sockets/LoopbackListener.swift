internal import CPlatform
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A socket that listens on a free port of 127.0.0.1, for programs of this machine alone.
///
/// It is non-blocking, no child inherits it, and it is closed when the last reference goes away at the latest.
package final class LoopbackListener: Sendable {
    /// The descriptor to poll for reading.
    package let descriptor: CInt
    /// The port that the system chose.
    package let port: UInt16
    private let isOpen = Mutex(true)

    /// Listens; `backlog` connections may wait to be taken.
    ///
    /// - Throws: ``SystemError`` when the system has no descriptor or port left.
    package init(backlog: Int) throws(SystemError) {
        var descriptor: CInt = -1
        var port: UInt16 = 0
        let code = unsafe oktetorun_listen_loopback(CInt(clamping: backlog), &descriptor, &port)
        guard code == 0 else { throw SystemError(operation: "listen on 127.0.0.1", errno: code) }
        self.descriptor = descriptor
        self.port = port
    }

    deinit {
        end()
    }

    /// Closes the port; nothing may be done with the listener any more.
    package func end() {
        isOpen.withLock { isOpen in
            if isOpen { close(descriptor) }
            isOpen = false
        }
    }

    /// Takes the next connection, non-blocking as well, whose descriptor is the caller's; nil when none waits.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    package func accept() throws(SystemError) -> CInt? {
        var connection: CInt = -1
        let code = unsafe oktetorun_accept(descriptor, &connection)
        switch code {
        case 0:
            _ = oktetorun_set_nonblocking(connection)
            return connection
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            throw SystemError(operation: "take a connection", errno: code)
        default:
            // None is there, or it went away before it was taken.
            return nil
        }
    }
}
