/// A folder or file of the engine's machine that a container sees.
package struct BindMount: Sendable, Hashable, Encodable {
    /// The absolute path on the engine's machine.
    package let source: String
    /// The absolute path in the container.
    package let target: String
    /// Whether the container may not write there.
    package let isReadOnly: Bool

    // An entry of HostConfig.Mounts. HostConfig.Binds would make a source that is missing: on another machine than the
    // user's that is an empty folder in the place of the user's own.
    private let type = "bind"

    enum CodingKeys: String, CodingKey {
        case source = "Source"
        case target = "Target"
        case isReadOnly = "ReadOnly"
        case type = "Type"
    }

    /// Creates a mount.
    ///
    /// - Throws: ``ContainerExecError`` with the code `workspace` when a path is relative.
    package init(source: String, target: String, isReadOnly: Bool = false) throws(ContainerExecError) {
        for path in [source, target] {
            guard path.hasPrefix("/"), !path.utf8.contains(0) else {
                throw ContainerExecError(
                    .workspace,
                    "'\(EngineText.printable(path))' cannot be mounted: it must be absolute",
                    hint: "copy the workspace instead, with --workspace copy"
                )
            }
        }
        self.source = source
        self.target = target
        self.isReadOnly = isReadOnly
    }
}
