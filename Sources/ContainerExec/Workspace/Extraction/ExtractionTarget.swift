/// Where an extraction writes: a folder of the user's, and a place below it.
package struct ExtractionTarget: Sendable, Hashable {
    /// The folder that nothing leaves; it exists.
    package let folder: String
    /// The names that lead from the folder to the place; none is the folder itself.
    package let names: [[UInt8]]
    /// Whether a file keeps its own name below the place (`out/`), instead of taking the place's.
    package let keepsFileName: Bool

    /// Creates a target; `path` is taken as relative to the folder even where it begins with a slash.
    ///
    /// - Throws: ``ContainerExecError`` with the code `input` when the path leads out of the folder.
    package init(folder: String, path: String) throws(ContainerExecError) {
        var names: [[UInt8]] = []
        for part in path.utf8.split(separator: 47) where !part.elementsEqual(".".utf8) {
            guard part.elementsEqual("..".utf8) else {
                names.append(Array(part))
                continue
            }
            guard names.popLast() != nil else {
                throw ContainerExecError(
                    .input,
                    "'\(EngineText.printable(path))' leads out of the folder '\(EngineText.printable(folder))'"
                )
            }
        }
        guard !path.utf8.contains(0) else {
            throw ContainerExecError(.input, "'\(EngineText.printable(path))' has a NUL byte, which no path can have")
        }
        self.folder = folder
        self.names = names
        keepsFileName = path.utf8.last == UInt8(ascii: "/") || names.isEmpty
    }
}
