internal import FoundationEssentials

/// What an engine says of a path in a container: the header X-Docker-Container-Path-Stat.
struct PathStatus: Decodable {
    /// Go's os.FileMode, whose type bits are not those of stat(2).
    let mode: UInt32
    /// What a symbolic link leads to, resolved as the container would; other paths may have it too.
    let linkTarget: String?

    var isLink: Bool { mode & 1 << 27 != 0 }

    /// Reads the header's value; nil when it is not understood.
    init?(header: String) {
        guard let data = Data(base64Encoded: header), let value = try? JSON.decode(Self.self, from: Array(data)) else {
            return nil
        }
        self = value
    }
}
