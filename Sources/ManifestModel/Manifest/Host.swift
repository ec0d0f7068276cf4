/// A host name with the address that it has in a container.
package struct Host: Sendable, Hashable {
    /// The name.
    package let hostname: String
    /// The address as text, of either version of IP; it is not checked.
    package let ip: String

    /// Creates a host.
    package init(hostname: String, ip: String) {
        self.hostname = hostname
        self.ip = ip
    }
}
