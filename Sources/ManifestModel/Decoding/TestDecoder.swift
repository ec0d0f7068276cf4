/// Decodes the entries of `test`.
enum TestDecoder {
    private static let keys = [
        "image", "context", "commands", "depends_on", "caches", "artifacts", "hosts", "skipIfNoFileChanges",
    ]

    static func decode(_ node: YAMLNode, findings: inout Findings) -> [TestPhase] {
        guard case .mapping(let entries) = node.content else {
            findings.error(
                "'test' must be a mapping of names to tests, not \(node.kind)",
                at: node.mark,
                help: "give each test a name:\n    test:\n      unit:\n        commands:\n        - make test"
            )
            return []
        }
        let tests = MappingReader(entries, owner: "test", keys: nil, findings: &findings)
        return tests.order.compactMap { name in
            guard let mark = tests.mark(of: name) else { return nil }
            return test(Marked(name, at: mark), tests[name], findings: &findings)
        }
    }

    private static func test(_ name: Marked<String>, _ node: YAMLNode?, findings: inout Findings) -> TestPhase? {
        var test = TestPhase(name: name)
        let owner = "test '\(name.value)'"
        var entries: [YAMLNode.Entry] = []
        if let node {
            guard case .mapping(let found) = node.content else {
                findings.error("\(owner) must be a mapping, not \(node.kind)", at: node.mark)
                return nil
            }
            entries = found
        }
        let reader = MappingReader(entries, owner: owner, keys: keys, findings: &findings)
        test.image = reader.text("image", findings: &findings)
        test.context = reader.text("context", findings: &findings)
        test.dependsOn = reader.texts("depends_on", findings: &findings)
        test.caches = reader.texts("caches", findings: &findings)
        test.skipIfNoFileChanges = reader.boolean("skipIfNoFileChanges", findings: &findings) ?? false
        test.artifacts = artifacts(reader, findings: &findings)
        test.hosts = hosts(reader, findings: &findings)
        if let commands = reader["commands"] {
            test.commands = CommandDecoder.decode(commands, owner: owner, findings: &findings)
        }
        if test.commands.isEmpty {
            findings.error(
                "\(owner) is invalid: no commands defined",
                at: name.mark,
                help: "list them under 'commands'"
            )
        }
        return test
    }

    private static func artifacts(_ reader: MappingReader, findings: inout Findings) -> [TestPhase.Artifact] {
        guard let node = reader["artifacts"] else { return [] }
        guard case .sequence(let items) = node.content else {
            findings.error("'artifacts' of \(reader.owner) must be a list, not \(node.kind)", at: node.mark)
            return []
        }
        return items.compactMap { item in
            if let path = item.text { return TestPhase.Artifact(path: path, destination: path) }
            guard case .mapping(let entries) = item.content else {
                findings.error("an artifact of \(reader.owner) must be a path or a mapping", at: item.mark)
                return nil
            }
            let artifact = MappingReader(
                entries,
                owner: "an artifact of \(reader.owner)",
                keys: ["path", "destination"],
                findings: &findings
            )
            guard let path = artifact.text("path", findings: &findings)?.value else {
                findings.error("an artifact of \(reader.owner) has no 'path'", at: item.mark)
                return nil
            }
            let destination = artifact.text("destination", findings: &findings)?.value ?? path
            return TestPhase.Artifact(path: path, destination: destination)
        }
    }

    private static func hosts(_ reader: MappingReader, findings: inout Findings) -> [TestPhase.Host] {
        guard let node = reader["hosts"] else { return [] }
        guard case .sequence(let items) = node.content else {
            findings.error("'hosts' of \(reader.owner) must be a list, not \(node.kind)", at: node.mark)
            return []
        }
        return items.compactMap { item in
            let hostname: String
            let address: String
            if let text = item.text {
                // The first colon separates, so that the address may be one of IPv6.
                guard let colon = text.firstIndex(of: ":") else {
                    findings.error("host is malformed: '\(text)'", at: item.mark, help: "write it as 'name:address'")
                    return nil
                }
                hostname = String(text[..<colon])
                address = String(text[text.index(after: colon)...])
            } else if case .mapping(let entries) = item.content {
                let host = MappingReader(
                    entries,
                    owner: "a host of \(reader.owner)",
                    keys: ["hostname", "ip"],
                    findings: &findings
                )
                hostname = host.text("hostname", findings: &findings)?.value ?? ""
                address = host.text("ip", findings: &findings)?.value ?? ""
            } else {
                findings.error("a host of \(reader.owner) must be 'name:address' or a mapping", at: item.mark)
                return nil
            }
            guard !hostname.isEmpty else {
                findings.error("invalid hostname: a host of \(reader.owner) has an empty name", at: item.mark)
                return nil
            }
            guard !address.isEmpty else {
                findings.error("invalid ip: host '\(hostname)' of \(reader.owner) has no address", at: item.mark)
                return nil
            }
            return TestPhase.Host(hostname: hostname, address: address)
        }
    }
}
