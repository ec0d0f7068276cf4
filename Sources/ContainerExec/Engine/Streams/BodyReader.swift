internal import HTTPTransport

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads the body of a response piece by piece, however it is framed (RFC 9112, section 6), in constant memory.
///
/// One thread's.
final class BodyReader {
    private enum Framing {
        /// The bytes that are still to come.
        case length(Int64)
        /// What is left of the chunk, or nil between chunks.
        case chunked(left: Int64?)
        /// Whatever comes until the connection ends: that it was cut cannot be seen.
        case untilEnd
        case finished
    }

    private let connection: HTTPConnection
    private let limit: TransferLimit
    private var framing: Framing
    private var lastReceipt = ContinuousClock.now

    init(_ connection: HTTPConnection, head: HTTPResponseHead, limit: TransferLimit) {
        self.connection = connection
        self.limit = limit
        if head.header("Transfer-Encoding")?.lowercased().contains("chunked") == true {
            framing = .chunked(left: nil)
        } else if let length = head.header("Content-Length").flatMap({ Int64($0) }) {
            framing = .length(length)
        } else {
            framing = .untilEnd
        }
    }

    /// Fills the buffer with what has come, waiting for at least one byte; returns how many, 0 at the body's end.
    ///
    /// - Throws: ``HTTPTransportError`` when the connection breaks off before the body's end, or the time is over.
    func read(into buffer: inout [UInt8]) throws(HTTPTransportError) -> Int {
        while true {
            switch framing {
            case .finished:
                return 0
            case .length(0):
                framing = .finished
            case .length(let left):
                let count = try receive(into: &buffer, atMost: left)
                framing = .length(left - Int64(count))
                return count
            case .chunked(nil):
                let size = try chunkSize()
                framing = size == 0 ? .finished : .chunked(left: size)
            case .chunked(let left?):
                let count = try receive(into: &buffer, atMost: left)
                if left == Int64(count) {
                    _ = try line()
                    framing = .chunked(left: nil)
                } else {
                    framing = .chunked(left: left - Int64(count))
                }
                return count
            case .untilEnd:
                let count = try receive(into: &buffer, atMost: .max, mayEnd: true)
                if count == 0 { framing = .finished }
                return count
            }
        }
    }

    private func chunkSize() throws(HTTPTransportError) -> Int64 {
        let text = try line().prefix { $0 != ";" && $0 != " " }
        guard let size = Int64(text, radix: 16), size >= 0 else {
            throw HTTPTransportError(.badResponse, "the length of a part of the response is no number")
        }
        return size
    }

    /// Reads a line of the framing, byte by byte: it is a few bytes long.
    private func line() throws(HTTPTransportError) -> String {
        var text = ""
        var byte: [UInt8] = [0]
        while text.utf8.count < 128 {
            _ = try receive(into: &byte, atMost: 1)
            if byte[0] == UInt8(ascii: "\n") { return text }
            if byte[0] != UInt8(ascii: "\r") { text.unicodeScalars.append(Unicode.Scalar(byte[0])) }
        }
        throw HTTPTransportError(.badResponse, "the response is not framed as it says")
    }

    private func receive(
        into buffer: inout [UInt8],
        atMost count: Int64,
        mayEnd: Bool = false
    ) throws(HTTPTransportError) -> Int {
        while true {
            guard !limit.isOver(since: lastReceipt) else {
                throw HTTPTransportError(.timedOut, "it did not send everything in time")
            }
            var span = buffer.mutableSpan
            let receipt = try unsafe span.withUnsafeMutableBytes { (all) throws(HTTPTransportError) -> HTTPReceipt in
                let part = unsafe UnsafeMutableRawBufferPointer(rebasing: all[..<Int(min(count, Int64(all.count)))])
                return try unsafe connection.receive(into: part)
            }
            switch receipt {
            case .bytes(let received):
                lastReceipt = .now
                return received
            case .ended:
                guard mayEnd else {
                    throw HTTPTransportError(.interrupted, "it ended the connection in the middle of the response")
                }
                return 0
            case .wouldBlock:
                var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                // Short, so that the time's end is seen.
                _ = unsafe poll(&entry, 1, 100)
            }
        }
    }
}
