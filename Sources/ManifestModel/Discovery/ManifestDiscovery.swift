internal import YAMLSource

/// Finds the manifest, by Okteto's rules.
package enum ManifestDiscovery {
    /// The names that are tried, in this order, in the current folder and in no other.
    package static let candidates = ["okteto.yml", "okteto.yaml", ".okteto/okteto.yml", ".okteto/okteto.yaml"]

    /// Returns the manifest of a folder, which becomes the root.
    ///
    /// `kind` says what a path leads to, and is asked only. Whether the file can be read is not checked.
    ///
    /// - Throws: ``ManifestModelError`` when none of the names is there.
    package static func discover(
        in directory: String,
        kind: (String) -> FileKind = FileKind.of(path:)
    ) throws(ManifestModelError) -> ManifestLocation {
        for candidate in candidates {
            let path = PathText.join(directory, candidate)
            if kind(path) != .missing {
                return ManifestLocation(path: path, shownPath: candidate, root: directory)
            }
        }
        throw ManifestModelError(
            .notFound,
            "no manifest in \(PrintableText.escaped(directory)): looked for \(candidates.joined(separator: ", ")); "
                + "go to the folder that has one, or name it with --file"
        )
    }

    /// Returns the manifest that `--file` names, relative to `directory` when it is not absolute.
    ///
    /// The root is the file's folder, or the folder above when that is called `.okteto`.
    ///
    /// - Throws: ``ManifestModelError`` when there is no such file or it is a folder.
    package static func locate(
        file: String,
        from directory: String,
        kind: (String) -> FileKind = FileKind.of(path:)
    ) throws(ManifestModelError) -> ManifestLocation {
        let path = PathText.join(directory, file)
        let shown = PrintableText.escaped(file)
        switch file.isEmpty ? .missing : kind(path) {
        case .missing:
            throw ManifestModelError(
                .notFound,
                "the manifest '\(shown)' does not exist: check the path given with --file"
            )
        case .directory:
            throw ManifestModelError(
                .isDirectory,
                "'\(shown)' is a folder: name the manifest in it, such as --file \(shown)/okteto.yml"
            )
        case .file, .other: break
        }
        var root = PathText.parent(of: path)
        if PathText.lastComponent(of: root) == ".okteto" { root = PathText.parent(of: root) }
        return ManifestLocation(path: path, shownPath: file, root: root)
    }
}
