/// A request that got no response, or none that may be used.
package struct HTTPTransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Kind {
            case unreachable, timedOut, certificate, tls, tooLarge, cancelled, badRequest, badResponse, interrupted
            case unavailable
        }

        private let kind: Kind

        /// No connection: the name was not found, or nothing listens there.
        package static let unreachable = Code(kind: .unreachable)
        /// The time given to connect or in all is over.
        package static let timedOut = Code(kind: .timedOut)
        /// The server's certificate, or ours, was not accepted.
        package static let certificate = Code(kind: .certificate)
        /// The TLS handshake did not succeed for another reason; often the server does not speak TLS.
        package static let tls = Code(kind: .tls)
        /// The response's body is larger than the request allows.
        package static let tooLarge = Code(kind: .tooLarge)
        /// The task was cancelled.
        package static let cancelled = Code(kind: .cancelled)
        /// The URL or the destination is not one that may be asked.
        package static let badRequest = Code(kind: .badRequest)
        /// What came back is no HTTP.
        package static let badResponse = Code(kind: .badResponse)
        /// The connection ended in the middle of the exchange.
        package static let interrupted = Code(kind: .interrupted)
        /// libcurl could not be loaded, or the process has no resources left.
        package static let unavailable = Code(kind: .unavailable)
    }

    /// What kind of failure it was.
    package let code: Code
    /// What happened, in lower case and without control characters.
    package let message: String

    /// Creates an error; control characters of `message`, which may come from a server, are left out.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = String(
            String.UnicodeScalarView(message.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
        )
    }

    /// Whether the same request may succeed a moment later.
    package var isTransient: Bool {
        code == .unreachable || code == .timedOut || code == .interrupted
    }

    package var description: String { message }
}
