internal import FoundationEssentials
internal import SystemPackage

/// Where a manifest is, and the folder that its paths are relative to.
package struct ManifestLocation: Sendable, Hashable {
    /// The path as the user knows it.
    package let path: String
    /// The absolute path.
    package let absolutePath: String
    /// The absolute path of the folder that relative paths start from.
    package let root: String

    /// The names that are looked for, in this order.
    package static let names = ["okteto.yml", "okteto.yaml", ".okteto/okteto.yml", ".okteto/okteto.yaml"]

    /// Finds the manifest: `file` where it is given, else the first of ``names`` in `directory`.
    ///
    /// The root is the manifest's folder, or that folder's parent when it is called `.okteto`.
    ///
    /// - Throws: ``ManifestFileError`` when there is none, or it is a folder.
    package static func find(file: String?, in directory: String) throws(ManifestFileError) -> ManifestLocation {
        guard let path = file ?? names.first(where: { isFile(absolute($0, in: directory)) ?? false }) else {
            throw ManifestFileError(
                isMissing: true,
                message: "no okteto manifest in \(directory): looked for \(names.joined(separator: ", "))",
                help: "go to the folder that has one, or name it with '-f PATH'"
            )
        }
        let absolutePath = absolute(path, in: directory)
        guard let isFile = isFile(absolutePath) else {
            throw ManifestFileError(
                isMissing: true,
                message: "the okteto manifest '\(path)' does not exist",
                help: "check the path that '-f' gives"
            )
        }
        guard isFile else {
            throw ManifestFileError(
                isMissing: true,
                message: "the okteto manifest '\(path)' is a folder",
                help: "name the file in it, as in '-f \(path)/okteto.yml'"
            )
        }
        let folder = FilePath(absolutePath).removingLastComponent()
        let root = folder.lastComponent?.string == ".okteto" ? folder.removingLastComponent() : folder
        return ManifestLocation(path: path, absolutePath: absolutePath, root: root.string)
    }

    /// Reads the manifest's text, of 1 MiB at most.
    ///
    /// - Throws: ``ManifestFileError`` when it cannot be read, is larger, or is no regular file.
    package func read() throws(ManifestFileError) -> SourceText {
        do {
            // O_NONBLOCK: opening a FIFO must not wait for somebody to write to it.
            let file = try FileDescriptor.open(
                FilePath(absolutePath),
                .readOnly,
                options: [.nonBlocking, .closeOnExec]
            )
            defer { try? file.close() }
            let bytes = try Self.readAll(file, limit: YAMLBounds().bytes + 1)
            return SourceText(path: path, bytes: bytes)
        } catch {
            throw ManifestFileError(
                isMissing: false,
                message: "the okteto manifest '\(path)' cannot be read: \(error)",
                help: "check its permissions"
            )
        }
    }

    private static func readAll(_ file: FileDescriptor, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            let count = try unsafe piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return bytes
    }

    private static func absolute(_ path: String, in directory: String) -> String {
        FilePath(directory).pushing(FilePath(path)).lexicallyNormalized().string
    }

    /// Whether there is something at the path that is no folder; nil when there is nothing.
    private static func isFile(_ path: String) -> Bool? {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
        return !isDirectory
    }
}
