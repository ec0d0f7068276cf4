/// A whole response.
package struct HTTPResponse: Sendable, Hashable {
    /// The status and the header fields.
    package let head: HTTPResponseHead
    /// The body; empty where it was streamed.
    package let body: [UInt8]
    /// The certificates that the server presented, its own first, in PEM; empty where they were not asked for.
    package let certificates: [String]

    /// Creates a response.
    package init(head: HTTPResponseHead, body: [UInt8], certificates: [String] = []) {
        self.head = head
        self.body = body
        self.certificates = certificates
    }

    /// The status code.
    package var status: Int { head.status }

    /// Whether the status is one of success, 200 to 299.
    package var isSuccess: Bool { 200..<300 ~= status }

    /// Returns the value of the first field of that name, without regard to case.
    package func header(_ name: String) -> String? {
        head.header(name)
    }
}
