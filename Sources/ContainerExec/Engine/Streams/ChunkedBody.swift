internal import HTTPTransport

/// Sends a body of unknown length in the chunks of RFC 9112, section 7.1.
struct ChunkedBody {
    let connection: HTTPConnection

    /// Sends one chunk, blocking the thread; an empty one, which would end the body, is passed by.
    func send(_ bytes: RawSpan) throws(HTTPTransportError) {
        guard bytes.byteCount > 0 else { return }
        try send("\(String(bytes.byteCount, radix: 16))\r\n")
        try connection.sendAll(bytes)
        try send("\r\n")
    }

    /// Sends the end of the body.
    func finish() throws(HTTPTransportError) {
        try send("0\r\n\r\n")
    }

    private func send(_ text: String) throws(HTTPTransportError) {
        let bytes = Array(text.utf8)
        try unsafe connection.sendAll(bytes.span.bytes)
    }
}
