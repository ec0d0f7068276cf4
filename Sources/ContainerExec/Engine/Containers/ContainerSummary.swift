/// One line of an engine's list of containers.
package struct ContainerSummary: Sendable, Hashable {
    /// The container.
    package let id: ContainerID
    /// Its first name, without the slash that engines put before it.
    package let name: String
    /// Its labels.
    package let labels: [String: String]
    /// `created`, `running`, `exited` and the like.
    package let state: String
    /// When it was created, in seconds since 1970.
    package let created: Int64

    /// Creates a line.
    package init(id: ContainerID, name: String, labels: [String: String], state: String, created: Int64) {
        self.id = id
        self.name = name
        self.labels = labels
        self.state = state
        self.created = created
    }
}

extension ContainerSummary {
    /// One element of the response of `GET /containers/json`.
    struct Wire: Decodable {
        let id: String
        let names: [String]?
        let labels: [String: String]?
        let state: String?
        let created: Int64?

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case names = "Names"
            case labels = "Labels"
            case state = "State"
            case created = "Created"
        }
    }

    init(_ wire: Wire) throws(ContainerExecError) {
        let name = wire.names?.first ?? ""
        self.init(
            id: try ContainerID(wire.id),
            name: EngineText.printable(name.hasPrefix("/") ? String(name.dropFirst()) : name),
            labels: wire.labels ?? [:],
            state: EngineText.printable(wire.state ?? ""),
            created: wire.created ?? 0
        )
    }
}
