/// One line of what an engine says while it pulls an image.
package struct PullProgress: Sendable, Hashable {
    /// What happens, in the engine's words: `Downloading`.
    package let status: String
    /// The layer that it happens to, or nil for the image as a whole.
    package let layer: String?
    /// The bytes that are done, where the engine counts them.
    package let current: Int64?
    /// The bytes there are in all, where the engine knows.
    package let total: Int64?

    /// Creates a line of progress.
    package init(status: String, layer: String? = nil, current: Int64? = nil, total: Int64? = nil) {
        self.status = status
        self.layer = layer
        self.current = current
        self.total = total
    }
}

extension PullProgress {
    /// One object of the stream of `POST /images/create`.
    struct Wire: Decodable {
        struct Detail: Decodable {
            let current: Int64?
            let total: Int64?
        }

        let status: String?
        let id: String?
        let progressDetail: Detail?
    }

    /// Creates the progress that an object reports; nil when it reports none.
    init?(_ wire: Wire) {
        guard let status = wire.status, !status.isEmpty else { return nil }
        self.init(
            status: EngineText.printable(status),
            layer: wire.id.map { EngineText.printable($0) },
            current: wire.progressDetail?.current,
            total: wire.progressDetail?.total
        )
    }
}
