/// The text of a first manifest.
struct ManifestDraft: Sendable {
    let deployment: SuggestedDeployment
    let tests: [SuggestedTest]

    /// Makes a draft for what was found; `name` is the folder's, from which stacks are named.
    init(_ files: ProjectFiles, name: String) {
        deployment = DeploymentSuggestions.make(files, name: Self.safe(name))
        tests = TestSuggestions.make(files)
    }

    /// The manifest, with comments that say where each part comes from and what to change.
    var text: String {
        var lines = [
            "# What 'okteto-run deploy', 'okteto-run test' and 'okteto-run destroy' run.",
            "# The role and the region are no part of it: see 'okteto-run credentials check'.", "",
        ]
        let reason = deployment.reason.map { "Because of \($0)." }
        lines.append("# " + (reason ?? "Nothing was found to deploy: this shows whose credentials there are."))
        if let note = deployment.note { lines.append("# Mind: \(note).") }
        lines += ["deploy:", "  image: \(deployment.image)", "  commands:"]
        lines += deployment.deploy.map(Self.item)
        lines += ["", "destroy:", "  image: \(deployment.image)", "  commands:"]
        lines += deployment.destroy.map(Self.item)
        guard !tests.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        lines += ["", "test:"]
        for (index, test) in tests.enumerated() {
            if index > 0 { lines.append("") }
            lines += ["  # Because of \(test.reason).", "  \(test.name):", "    image: \(test.image)"]
            if !test.caches.isEmpty { lines += ["    caches:"] + test.caches.map { "      - \($0)" } }
            lines += ["    commands:"] + test.commands.map { "  " + Self.item($0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was found, in words.
    var findings: [String] { ([deployment.reason] + tests.map(\.reason)).compactMap(\.self) }

    private static func item(_ command: String) -> String { "    - \(command)" }

    /// A name that stacks may have: letters, digits and dashes, a letter first.
    private static func safe(_ name: String) -> String {
        let text = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        let trimmed = text.drop { !$0.isLetter }.prefix(60)
        return trimmed.isEmpty ? "okteto-run" : String(trimmed)
    }
}
