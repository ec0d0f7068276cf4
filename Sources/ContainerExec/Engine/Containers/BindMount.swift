/// A folder or file of the engine's machine that a container sees.
package struct BindMount: Sendable, Hashable {
    /// The absolute path on the engine's machine.
    package let source: String
    /// The absolute path in the container.
    package let target: String
    /// Whether the container may not write there.
    package let isReadOnly: Bool

    /// Creates a mount.
    ///
    /// - Throws: ``ContainerExecError`` with the code `workspace` when a path is relative or has a colon, which the
    ///   engine's notation cannot hold.
    package init(source: String, target: String, isReadOnly: Bool = false) throws(ContainerExecError) {
        for path in [source, target] {
            guard path.hasPrefix("/"), !path.contains(":"), !path.utf8.contains(0) else {
                throw ContainerExecError(
                    .workspace,
                    "'\(EngineText.printable(path))' cannot be mounted: it must be absolute and without a colon",
                    hint: "copy the workspace instead, with --workspace copy"
                )
            }
        }
        self.source = source
        self.target = target
        self.isReadOnly = isReadOnly
    }

    /// The notation of HostConfig.Binds.
    var notation: String { "\(source):\(target)\(isReadOnly ? ":ro" : "")" }
}
