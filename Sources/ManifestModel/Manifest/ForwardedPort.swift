package import YAMLSource

/// A port that `okteto up` forwards; not forwarded by okteto-run.
package struct ForwardedPort: Sendable, Hashable {
    /// The port on this machine.
    package let localPort: Int
    /// The port in the cluster.
    package let remotePort: Int
    /// The service, if one is named.
    package let service: String?
    /// The labels that select the service, if it is not named.
    package let labels: [NamedText]
    /// Where the entry stands.
    package let mark: SourceMark

    /// Creates a forwarded port.
    package init(
        localPort: Int,
        remotePort: Int,
        service: String? = nil,
        labels: [NamedText] = [],
        mark: SourceMark = .start
    ) {
        self.localPort = localPort
        self.remotePort = remotePort
        self.service = service
        self.labels = labels
        self.mark = mark
    }
}
