/// The names under which the login for an image may be kept, the most specific first.
enum RegistryKeys {
    /// The key of Docker Hub, for historical reasons.
    private static let dockerHub = "https://index.docker.io/v1/"

    /// Returns the keys for an image.
    ///
    /// Podman keeps logins by registry and namespace too: `quay.io/team/tool`, `quay.io/team`, `quay.io`.
    static func keys(for reference: ImageReference) -> [String] {
        var keys: [String] = []
        var path = reference.qualifiedName[...]
        while let slash = path.lastIndex(of: "/") {
            keys.append(String(path))
            path = path[..<slash]
        }
        return keys + hostKeys(reference.host)
    }

    /// Returns the keys for a registry as a whole; helper programs know no others.
    static func hostKeys(_ host: String) -> [String] {
        switch host {
        case "docker.io", "index.docker.io": [dockerHub, "docker.io", "index.docker.io"]
        default: [host]
        }
    }
}
