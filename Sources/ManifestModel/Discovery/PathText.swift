/// Paths as text, by the rules of Go's `path.Clean`, which Okteto's own are.
package enum PathText {
    /// Returns the shortest path with the same meaning: no `.`, no empty part, and `..` resolved where it can be.
    package static func clean(_ path: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var parts: [String] = []
        // By code points: a combining mark after a slash makes it no other character.
        for part in path.unicodeScalars.split(separator: "/").map(String.init) where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
    }

    /// Returns `path` relative to `directory`, or itself when it is absolute; clean.
    package static func join(_ directory: String, _ path: String) -> String {
        clean(path.utf8.first == UInt8(ascii: "/") ? path : directory + "/" + path)
    }

    /// Returns the folder of a clean path.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path == ".." ? "../.." : "." }
        if path.hasSuffix("/..") || path == ".." { return path + "/.." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Returns the last part of a clean path.
    package static func lastComponent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }
}
