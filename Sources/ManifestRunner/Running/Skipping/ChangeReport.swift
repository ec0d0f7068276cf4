internal import ContainerExec
internal import FoundationEssentials
internal import YAMLSource

/// Tells in words what makes a test differ from when it last succeeded.
enum ChangeReport {
    /// Returns why a test must run; nil when nothing has changed.
    static func reason(_ record: SuccessRecord?, _ inputs: TestInputs, _ files: ContentListing) -> String? {
        guard let record else { return "it has not succeeded here yet" }
        guard !record.hasFailedSince else { return "it failed after its success on \(text(of: record.date))" }
        guard files.isStable else { return "its files change while they are read" }
        let parts = inputs.differences(from: record.inputs)
        let isSame = files.sum == record.files.sum && files.outputSum == record.files.outputSum
        guard !parts.isEmpty || !isSame else { return nil }
        var phrases: [String] = []
        if !isSame { phrases.append(files.entries.map { changes($0, record.files.entries) } ?? Self.many) }
        if !parts.isEmpty {
            let shown = parts.prefix(3).map { PrintableText.escaped($0, limit: 80) }
            let more = parts.count > 3 ? " and \(parts.count - 3) more" : ""
            phrases.append("\(shown.joined(separator: ", "))\(more) changed")
        }
        return "\(phrases.joined(separator: ", and ")) since its last success on \(text(of: record.date))"
    }

    /// Returns what is said of a test that is passed over.
    static func unchanged(_ record: SuccessRecord) -> String {
        "nothing has changed since it succeeded on \(text(of: record.date))"
    }

    /// There are too many files to tell them apart.
    private static let many = "its files changed"

    private static func changes(_ now: [ContentEntry], _ before: [ContentEntry]?) -> String {
        guard let before else { return many }
        let known = Dictionary(before.map { ($0.path, $0) }) { first, _ in first }
        let present = Set(now.map(\.path))
        var found: [(entry: ContentEntry, what: String)] = []
        for entry in now {
            guard let other = known[entry.path] else {
                found.append((entry, "is new"))
                continue
            }
            if !entry.isSame(as: other) || entry.isOutput != other.isOutput { found.append((entry, "changed")) }
        }
        for entry in before where !present.contains(entry.path) {
            found.append((entry, "is gone"))
        }
        guard let first = found.first else { return many }
        let path = PrintableText.escaped(String(decoding: first.entry.path, as: UTF8.self), limit: 120)
        let name = first.entry.isOutput ? "its artifact \(path)" : path
        guard found.count > 1 else { return "\(name) \(first.what)" }
        let others = found.count - 1
        return "\(name) and \(others) other \(others == 1 ? "file" : "files") changed"
    }

    /// Returns a time to the minute: `2026-11-24 18:02 UTC`.
    private static func text(of date: Int64) -> String {
        let text = Date(timeIntervalSince1970: Double(date)).formatted(Date.ISO8601FormatStyle())
        return "\(text.prefix(16).replacing("T", with: " ")) UTC"
    }
}
