internal import CPlatform

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A Unix socket in a folder that only this user may enter, for one connection within this process.
final class PrivateListener: Sendable {
    /// The socket.
    let path: String
    private let folder: String
    private let descriptor: CInt

    /// Makes a folder in `folder`, or in /tmp where that path is too long for a socket's, and listens in it.
    ///
    /// - Throws: ``SystemError`` when neither can be.
    init(folder parent: String) throws(SystemError) {
        // sun_path of unix(7) has 104 bytes at least; "/okteto-run.XXXXXX/s" is 20 of them.
        let parent = parent.hasPrefix("/") && parent.utf8.count < 80 ? parent : "/tmp"
        var name = Array("\(parent)/okteto-run.XXXXXX".utf8CString)
        // mkdtemp(3) replaces the X in place.
        let made = unsafe name.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, let result = unsafe mkdtemp(start) else { return nil }
            return unsafe String(cString: result)
        }
        guard let made else { throw SystemError(operation: "make a folder in \(parent)", errno: errno) }
        var listener: CInt = -1
        let code = unsafe oktetorun_listen("\(made)/s", &listener)
        guard code == 0 else {
            unsafe rmdir(made)
            throw SystemError(operation: "listen in \(made)", errno: code)
        }
        folder = made
        path = "\(made)/s"
        descriptor = listener
    }

    deinit {
        close(descriptor)
        remove()
    }

    /// Takes the one connection, blocking the thread, and removes socket and folder; returns nil when `wake` is
    /// readable first.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptor left.
    func accept(unless wake: WakePipe) throws(SystemError) -> CInt? {
        defer { remove() }
        var entries = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while unsafe poll(&entries, 2, -1) < 0 && errno == EINTR {}
        guard entries[0].revents != 0 else { return nil }
        var socket: CInt = -1
        let code = unsafe oktetorun_accept(descriptor, &socket)
        guard code == 0 else { throw SystemError(operation: "take a connection", errno: code) }
        return socket
    }

    private func remove() {
        unsafe unlink(path)
        unsafe rmdir(folder)
    }
}
