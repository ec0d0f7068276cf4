/// What an engine answered to the creation of a container.
package struct CreatedContainer: Sendable, Hashable {
    /// The container.
    package let id: ContainerID
    /// What the engine wants the user to know, one line each.
    package let warnings: [String]
}

extension CreatedContainer {
    /// The response of `POST /containers/create`.
    struct Wire: Decodable {
        let id: String
        let warnings: [String]?

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case warnings = "Warnings"
        }
    }

    init(_ wire: Wire) throws(ContainerExecError) {
        self.init(
            id: try ContainerID(wire.id),
            warnings: (wire.warnings ?? []).map { EngineText.printable($0) }.filter { !$0.isEmpty }
        )
    }
}
