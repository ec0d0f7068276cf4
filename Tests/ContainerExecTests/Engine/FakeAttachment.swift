import ContainerExec
import ProcessEnvironment
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A container's attached streams with faults: a real shell of this machine behind frames that are written as told.
struct FakeAttachment: Sendable {
    /// How many bytes each write has.
    var pieceSize = Int.max
    /// The bytes of frames after which the connection is cut; nil for never.
    var cutAfter: Int?
    /// What is sent before any frame.
    var prologue: [UInt8] = []

    /// Plays the container until its shell ends or the client goes away, blocking the thread.
    func serve(_ client: CInt) {
        var head = Array("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n".utf8) + prologue
        _ = transmit(client, &head)
        let left = Mutex(cutAfter ?? Int.max)
        let pieceSize = pieceSize
        guard let channel = try? LocalChannel(directory: "/", environment: ["PATH": "/usr/bin:/bin"]),
            let ended = try? WakePipe()
        else { return }
        let sink = ChannelSink { stream, bytes in
            let count = bytes.byteCount
            var frame: [UInt8] = [stream == .standardOutput ? 1 : 2, 0, 0, 0]
            frame += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
            bytes.withUnsafeBytes { frame.append(contentsOf: $0) }
            left.withLock { left in
                for start in stride(from: 0, to: frame.count, by: min(pieceSize, frame.count)) where left > 0 {
                    let end = start + min(pieceSize, frame.count - start, left)
                    var piece = Array(frame[start..<end])
                    _ = transmit(client, &piece)
                    left -= piece.count
                    if left == 0 { shutdown(client, CInt(SHUT_RDWR)) }
                }
            }
        } end: { _ in
            shutdown(client, CInt(SHUT_RDWR))
            ended.wake()
        }
        guard (try? channel.start(sink)) != nil else { return }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(client, &bytes, bytes.count)
            guard count > 0 else { break }
            channel.send(Array(bytes[..<count]))
        }
        channel.finish()
        // The client's descriptor is closed by the caller, after which its number may be another test's.
        var polled = pollfd(fd: ended.descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, -1) < 0 && errno == EINTR {}
    }
}
