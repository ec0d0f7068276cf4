internal import ManifestModel
internal import YAMLSource

/// The place of a test's cache in its container.
struct CachePath: Sendable, Hashable {
    /// Why a path is none.
    struct Problem: Error, Hashable {
        let message: String
        let hint: String
    }

    /// The folder that a test's files are in.
    private static let workspace = "/okteto/src"
    /// What belongs to the kernel.
    private static let systemFolders = ["/proc", "/sys", "/dev"]

    /// The path, absolute and clean.
    let absolute: String

    /// Resolves a path of the manifest: relative to /okteto/src, or absolute.
    ///
    /// - Throws: ``Problem`` when nothing can be kept there.
    init(_ text: String) throws(Problem) {
        let shown = PrintableText.quoted(text)
        guard !text.isEmpty else {
            throw Problem(message: "a cache needs a path", hint: "name a folder of the test's container")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw Problem(message: "the cache \(shown) has control characters", hint: "write it without them")
        }
        guard !text.contains(":"), !text.contains(",") else {
            throw Problem(
                message: "the cache \(shown) has ':' or ',', which engines separate options by",
                hint: "name a folder without them"
            )
        }
        guard !text.split(separator: "/").contains("..") else {
            throw Problem(message: "the cache \(shown) leads upwards", hint: "write the absolute path, without '..'")
        }
        let path = PathText.join(Self.workspace, text)
        guard path != "/" else {
            throw Problem(message: "the cache \(shown) is the whole container", hint: "name a folder in it")
        }
        if let folder = Self.systemFolders.first(where: { path == $0 || path.hasPrefix($0 + "/") }) {
            throw Problem(
                message: "the cache \(shown) is in \(folder), which is the kernel's",
                hint: "name another folder"
            )
        }
        guard path != Self.workspace, path != "/okteto" else {
            throw Problem(
                message: "the cache \(shown) would hide the test's own files",
                hint: "name a folder below \(Self.workspace), or elsewhere"
            )
        }
        guard !path.hasPrefix("/okteto/") || path.hasPrefix(Self.workspace + "/") else {
            throw Problem(
                message: "the cache \(shown) is in /okteto, which is okteto-run's",
                hint: "name another folder"
            )
        }
        absolute = path
    }

    /// The path relative to the test's files, where it is among them: what is there in the context is hidden by it.
    var insideWorkspace: String? {
        absolute.hasPrefix(Self.workspace + "/") ? String(absolute.dropFirst(Self.workspace.count + 1)) : nil
    }
}
