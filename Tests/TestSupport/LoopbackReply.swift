/// What a loopback server answers to one request.
package struct LoopbackReply: Sendable, CustomStringConvertible {
    /// The bytes to send, in pieces.
    package var pieces: [[UInt8]]
    /// The pause before each piece.
    package var pause: Duration
    /// Whether to go on waiting after the last piece, until the client goes away.
    package var hangs: Bool

    /// The beginning of what is sent, so that a list of tests stays readable.
    package var description: String {
        let bytes = pieces.joined()
        return "\(bytes.count) bytes: " + String(decoding: bytes.prefix(60), as: UTF8.self).debugDescription
    }

    /// Creates an answer of raw bytes.
    package init(pieces: [[UInt8]], pause: Duration = .zero, hangs: Bool = false) {
        self.pieces = pieces
        self.pause = pause
        self.hangs = hangs
    }

    /// A whole HTTP response.
    package static func response(
        _ status: Int,
        _ body: String = "",
        headers: [String] = ["Content-Type: text/xml"],
        pause: Duration = .zero
    ) -> LoopbackReply {
        response(status, bytes: Array(body.utf8), headers: headers, pause: pause)
    }

    /// A whole HTTP response with a body of bytes.
    package static func response(
        _ status: Int,
        bytes: [UInt8],
        headers: [String] = ["Content-Type: text/xml"],
        pause: Duration = .zero
    ) -> LoopbackReply {
        LoopbackReply(pieces: [head(status, length: bytes.count, headers: headers) + bytes], pause: pause)
    }

    /// A response whose body comes byte by byte, with a pause before each.
    package static func dripping(_ body: String, pause: Duration) -> LoopbackReply {
        let bytes = Array(body.utf8)
        return LoopbackReply(pieces: [head(200, length: bytes.count, headers: [])] + bytes.map { [$0] }, pause: pause)
    }

    /// A response that is cut off in the middle.
    package static func cutOff(_ body: String) -> LoopbackReply {
        let bytes = Array(body.utf8)
        return LoopbackReply(pieces: [head(200, length: bytes.count * 2, headers: []) + bytes])
    }

    /// No answer: the connection is closed.
    package static let nothing = LoopbackReply(pieces: [])

    /// No answer, and the connection stays open.
    package static let silence = LoopbackReply(pieces: [], hangs: true)

    private static func head(_ status: Int, length: Int, headers: [String]) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Status", "Content-Length: \(length)", "Connection: close"] + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
