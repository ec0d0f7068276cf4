internal import HTTPTransport

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The body of a response on a raw connection, read only to say what went wrong.
enum ResponseBody {
    /// Returns what of the body arrives within a second, up to 64 KiB, without the framing of chunks.
    ///
    /// The connection is given up afterwards, so where the body ends does not matter.
    static func collect(_ connection: HTTPConnection, head: HTTPResponseHead) -> [UInt8] {
        let length = head.header("Content-Length").flatMap { Int($0) } ?? 64 << 10
        let isChunked = head.header("Transfer-Encoding")?.lowercased().contains("chunked") ?? false
        var body: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        reading: while body.count < min(length, 64 << 10) {
            var span = piece.mutableSpan
            let receipt = try? unsafe span.withUnsafeMutableBytes { buffer throws(HTTPTransportError) in
                try unsafe connection.receive(into: buffer)
            }
            switch receipt {
            case .bytes(let count):
                body += piece[..<count]
                if isChunked, body.suffix(5).elementsEqual("0\r\n\r\n".utf8) { break reading }
            case .wouldBlock:
                var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                if unsafe poll(&entry, 1, 1_000) <= 0 { break reading }
            case .ended, nil: break reading
            }
        }
        return isChunked ? unchunk(body) : body
    }

    /// Returns the data of as many chunks as are whole.
    static func unchunk(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 13) {
            let digits = String(decoding: rest[..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let count = Int(digits, radix: 16), count > 0, count <= rest.endIndex - end - 2 else { break }
            result += rest[(end + 2)..<(end + 2 + count)]
            rest = rest[(end + 2 + count)...].dropFirst(2)
        }
        return result
    }
}
