/// Decodes the root of a manifest.
enum ManifestDecoder {
    private static let platformSections = ["build", "dependencies", "external", "dev", "forward"]
    private static let keys = ["name", "icon", "deploy", "destroy", "test"] + platformSections

    static func decode(_ root: YAMLNode?, findings: inout Findings) -> Manifest? {
        // A file of comments alone is a manifest without sections.
        guard let root, !root.isNull else { return Manifest() }
        guard case .mapping(let entries) = root.content else {
            findings.error("the manifest must be a mapping of sections, not \(root.kind)", at: root.mark)
            return nil
        }
        let reader = MappingReader(entries, owner: "the okteto manifest", keys: keys, findings: &findings)
        var manifest = Manifest()
        manifest.name = reader.text("name", findings: &findings)
        _ = reader.text("icon", findings: &findings)
        manifest.deploy = reader["deploy"].flatMap {
            PhaseDecoder.decode($0, section: "deploy", findings: &findings)
        }
        manifest.destroy = reader["destroy"].flatMap {
            PhaseDecoder.decode($0, section: "destroy", findings: &findings)
        }
        manifest.tests = reader["test"].map { TestDecoder.decode($0, findings: &findings) } ?? []
        for section in reader.order where platformSections.contains(section) && reader[section] != nil {
            guard let mark = reader.mark(of: section) else { continue }
            manifest.platformSections.append(Marked(section, at: mark))
        }
        let parts = manifest.platformSections + (manifest.deploy?.platformKeys ?? [])
        for part in parts {
            findings.notice("'\(part.value)' needs the Okteto platform: okteto-run does not execute it", at: part.mark)
        }
        TestGraph.check(manifest.tests, findings: &findings)
        return manifest
    }
}
