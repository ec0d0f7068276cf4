/// A volume that a container has in the place of a folder.
package struct VolumeMount: Sendable, Hashable, Encodable {
    private struct Options: Encodable {
        let copiesNothing = true

        enum CodingKeys: String, CodingKey {
            case copiesNothing = "NoCopy"
        }
    }

    /// The volume's name, or nil for one of its own that goes away with the container.
    package let name: String?
    /// The absolute path in the container.
    package let target: String

    private let type = "volume"
    // An engine would fill an empty volume with what the image has at that place; a cache begins empty, as in Okteto.
    private var options: Options { Options() }

    enum CodingKeys: String, CodingKey {
        case name = "Source"
        case target = "Target"
        case type = "Type"
        case options = "VolumeOptions"
    }

    /// The entry of `HostConfig.Binds` of a volume with a name; nil for one without.
    ///
    /// By `Mounts`, Podman would copy what the image has there into an empty volume, whatever the options say; it has no
    /// other way for a volume without a name.
    var bind: String? { name.map { "\($0):\(target):nocopy" } }

    /// Creates a mount; `target` must be absolute, and have neither `:` nor `,`, which engines separate options by.
    package init(name: String?, target: String) {
        self.name = name
        self.target = target
    }

    /// Encodes an entry of `HostConfig.Mounts`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encode(target, forKey: .target)
        try container.encode(options, forKey: .options)
    }
}
