/// Tells where two subjects differ, part by part, where their form is known.
enum SubjectComparison {
    private static let names: [(prefix: String, parts: [String])] = [
        ("system:serviceaccount:", ["system", "serviceaccount", "namespace", "service account"]),
        ("repo:", ["repo", "repository", "kind of run", "reference", "reference", "reference"]),
        ("project_path:", ["project_path", "project", "ref_type", "type of reference", "ref", "reference"]),
        ("organization:", ["organization", "organization", "pipeline", "pipeline", "ref", "reference"]),
    ]

    /// Returns the parts that differ in words, or nil when the two are not of the same known form.
    ///
    /// The forms are those of Kubernetes, GitHub Actions, GitLab and Buildkite. A part of the expected one may have
    /// wildcards.
    static func advice(expected: String, actual: String) -> String? {
        guard let form = names.first(where: { expected.hasPrefix($0.prefix) && actual.hasPrefix($0.prefix) }) else {
            return nil
        }
        let wanted = expected.split(separator: ":", omittingEmptySubsequences: false)
        let found = actual.split(separator: ":", omittingEmptySubsequences: false)
        var differences: [String] = []
        for index in 0..<min(wanted.count, found.count)
        where !PolicyPattern(String(wanted[index])).matches(found[index]) {
            let name = index < form.parts.count ? form.parts[index] : "part \(index + 1)"
            differences.append("the \(name) is \"\(shown(found[index]))\", not \"\(shown(wanted[index]))\"")
        }
        if wanted.count != found.count {
            differences.append("the token's subject has \(found.count) parts, the policy's \(wanted.count)")
        }
        guard !differences.isEmpty else { return nil }
        return differences.joined(separator: "; ") + ": change the policy, or run where the subject is the policy's"
    }

    private static func shown(_ text: Substring) -> String { DisplayText.clean(String(text), limit: 200) }
}
