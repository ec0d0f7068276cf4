internal import ManifestModel
internal import ProcessEnvironment
internal import YAMLSource

/// What the shells' completions offer beside what the options themselves say.
///
/// Nothing is printed about what is wrong: a line that is being typed is no place for it.
enum Completion {
    /// Returns the names of the manifest's tests; `words` are those of the command line.
    static func tests(_ words: [String]) -> [String] {
        let folder = RunContext.ofProcess().currentDirectory
        let location =
            if let file = file(in: words) {
                try? ManifestDiscovery.locate(file: file, from: folder)
            } else {
                try? ManifestDiscovery.discover(in: folder)
            }
        guard let location, let source = try? TextFile.manifest(at: location) else { return [] }
        let names = ManifestLoader.load(source).manifest?.tests.map(\.name.value) ?? []
        return names.filter(isPlain)
    }

    /// Whether a shell takes a name as it is.
    ///
    /// bash expands what `compgen -W` is given: a name with `$(…)` in it would be run by whoever presses TAB in a foreign
    /// repository.
    static func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_.-/+@%,=:".utf8.contains(byte)
            }
        }
    }

    /// The manifest that the words name.
    private static func file(in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word == "-f" || word == "--file" { return words.indices.contains(index + 1) ? words[index + 1] : nil }
            if word.hasPrefix("--file=") { return String(word.dropFirst("--file=".count)) }
        }
        return nil
    }
}
