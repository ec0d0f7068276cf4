/// A test's cache as an engine has it.
package struct VolumeSummary: Sendable, Hashable {
    /// The volume's name.
    package let name: String
    /// The folder that it is in the test's container.
    package let path: String
    /// The test, the manifest and the repository that it belongs to.
    package let test: String
    package let manifest: String
    package let repository: String

    /// Reads what an engine lists; nil for a volume that is no test's cache.
    init?(_ wire: Wire) {
        guard let labels = wire.labels, labels[ContainerLabels.mark] == "1", let path = labels[ContainerLabels.cache]
        else { return nil }
        name = wire.name
        self.path = EngineText.printable(path)
        test = EngineText.printable(labels[ContainerLabels.test] ?? "")
        manifest = EngineText.printable(labels[ContainerLabels.manifest] ?? "")
        repository = EngineText.printable(labels[ContainerLabels.repository] ?? "")
    }

    /// What it is, for people: `/root/.npm of test 'unit' (okteto.yml of https://…)`.
    package var title: String { "\(path) of test '\(test)' (\(manifest) of \(repository))" }

    /// The response of `GET /volumes`.
    struct List: Decodable {
        let volumes: [Wire]?

        enum CodingKeys: String, CodingKey {
            case volumes = "Volumes"
        }
    }

    /// One of its elements.
    struct Wire: Decodable {
        let name: String
        let labels: [String: String]?
        let usage: Usage?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case labels = "Labels"
            case usage = "UsageData"
        }
    }

    /// What `GET /system/df` adds.
    struct Usage: Decodable {
        let size: Int64?

        enum CodingKeys: String, CodingKey {
            case size = "Size"
        }
    }
}
