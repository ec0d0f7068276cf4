/// Why a cluster's API server was not asked, or did not do what was asked.
///
/// No rendering shows a token, a key or a password; text from a server or a plug-in has no control characters.
package struct KubernetesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Value {
            case configuration, credentials, unreachable, untrusted, unauthenticated, refused, response, cancelled
        }

        private let value: Value

        /// There is no kubeconfig, or it cannot work as it is.
        package static let configuration = Code(value: .configuration)
        /// The client's own credentials could not be had: a file, a plug-in.
        package static let credentials = Code(value: .credentials)
        /// There was no answer, or the server is overloaded or broken; the same may succeed later.
        package static let unreachable = Code(value: .unreachable)
        /// The server could not be authenticated, or may not be asked.
        package static let untrusted = Code(value: .untrusted)
        /// The server does not accept who the client says that it is.
        package static let unauthenticated = Code(value: .unauthenticated)
        /// The server said no.
        package static let refused = Code(value: .refused)
        /// What came back is not an answer of an API server.
        package static let response = Code(value: .response)
        /// The task was cancelled.
        package static let cancelled = Code(value: .cancelled)
    }

    /// What kind of failure it was.
    package let code: Code
    /// What happened, in one line of lower case.
    package let message: String
    /// What is known about it, one line each.
    package let details: [String]
    /// What to do about it, when that is known.
    package let nextStep: String?

    /// Creates an error.
    package init(_ code: Code, _ message: String, details: [String] = [], nextStep: String? = nil) {
        self.code = code
        self.message = message
        self.details = details
        self.nextStep = nextStep
    }

    package var description: String { message }
}
