/// How long a request may take and how much it may bring.
package struct HTTPLimits: Sendable, Hashable {
    /// The time to resolve the name, connect and shake hands.
    package var connect: Duration
    /// The time for everything, or nil for a stream that ends when it ends.
    package var total: Duration?
    /// The bytes of a body that is kept; a streamed body is not counted.
    package var maximumBodyBytes: Int

    /// Creates limits; the defaults suit one request to a web API.
    package init(connect: Duration = .seconds(5), total: Duration? = .seconds(15), maximumBodyBytes: Int = 1 << 20) {
        self.connect = connect
        self.total = total
        self.maximumBodyBytes = maximumBodyBytes
    }
}
