internal import FoundationEssentials
internal import ProcessEnvironment

/// What is in a repository's folder, as far as a first manifest depends on it.
struct ProjectFiles: Sendable {
    /// The names in the folder, sorted.
    let names: [String]
    /// Returns a file's text, or an empty one where it is not there, not to be read or larger than a mebibyte.
    let text: @Sendable (_ name: String) -> String

    init(names: [String], text: @escaping @Sendable (String) -> String) {
        self.names = names.sorted()
        self.text = text
    }

    /// Looks at a folder of the file system.
    ///
    /// - Throws: an error of the system when the folder cannot be listed.
    init(folder: String) throws {
        self.init(names: try FileManager.default.contentsOfDirectory(atPath: folder)) { name in
            guard let file = try? RegularFile.read("\(folder)/\(name)", limit: 1 << 20) else { return "" }
            return String(decoding: file.bytes, as: UTF8.self)
        }
    }

    func has(_ name: String) -> Bool { names.contains(name) }

    /// The first of some names that is there.
    func first(of candidates: String...) -> String? { candidates.first { has($0) } }

    func hasSuffix(_ suffix: String) -> Bool { names.contains { $0.hasSuffix(suffix) } }
}
