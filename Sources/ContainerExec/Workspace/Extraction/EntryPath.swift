/// The paths of archives that come from a container, which may be anything.
enum EntryPath {
    /// Returns the names of a path below its archive's root, or nil when it is absolute, leads upwards or has none.
    static func names(_ path: [UInt8]) -> [[UInt8]]? {
        guard path.first != UInt8(ascii: "/") else { return nil }
        var names: [[UInt8]] = []
        for part in path.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
            guard !part.elementsEqual("..".utf8) else { return nil }
            names.append(Array(part))
        }
        return names.isEmpty ? nil : names
    }

    /// Returns whether a symbolic link in a folder `depth` levels below a root cannot lead out of the root.
    ///
    /// `..` counts only at the target's beginning, where the folders above are real ones: behind a name, which may be
    /// a link itself, nobody knows where it leads. A target that starts so and goes down through links that hold to
    /// the same stays below the root.
    static func stays(_ target: [UInt8], depth: Int) -> Bool {
        guard let first = target.first, first != UInt8(ascii: "/"), !target.contains(0) else { return false }
        var height = 0
        var isGoingDown = false
        for part in target.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8) {
                guard !isGoingDown else { return false }
                height += 1
            } else {
                isGoingDown = true
            }
        }
        return height <= depth
    }

    /// The names as a person reads them.
    static func text(_ names: [[UInt8]]) -> String {
        EngineText.printable(names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/"))
    }
}
