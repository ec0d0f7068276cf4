internal import YAMLSource

/// The way from the manifest to a value, by which messages name it.
struct ShapePath {
    private enum Step {
        case key(String)
        case index(Int)
        case noun(String)
        case named(String, key: String)
    }

    private var steps: [Step] = []

    /// Adds the step to the value of a key.
    mutating func enter(key: String, _ noun: Shape.Noun) {
        switch noun {
        case .path: steps.append(.key(key))
        case .named(let word): steps.append(.named(word, key: key))
        case .item(let word): steps.append(.noun(word))
        }
    }

    /// Adds the step to an item of a list.
    mutating func enter(index: Int, _ noun: Shape.Noun) {
        switch noun {
        case .path: steps.append(.index(index))
        case .named(let word), .item(let word): steps.append(.noun(word))
        }
    }

    /// Takes the last step back.
    mutating func leave() { steps.removeLast() }

    /// Whether this is the manifest itself.
    var isRoot: Bool { steps.isEmpty }

    /// The last key, for advice about its value.
    var lastKey: String {
        for case .key(let key) in steps.reversed() { return PrintableText.escaped(key, limit: 60) }
        return ""
    }

    /// What messages call the value: `'deploy.image'`, `'hosts[0]' of the test 'unit'`, `a command`.
    var name: String {
        var path = ""
        for step in steps.reversed() {
            switch step {
            case .key(let key): path = PrintableText.escaped(key, limit: 60) + separated(path)
            case .index(let index): path = "[\(index)]" + separated(path)
            case .noun(let noun): return path.isEmpty ? noun : "'\(path)' of \(noun)"
            case .named(let word, let key):
                let noun = "\(word) \(PrintableText.quoted(key))"
                return path.isEmpty ? noun : "'\(path)' of \(noun)"
            }
        }
        return path.isEmpty ? "the manifest" : "'\(path)'"
    }

    private func separated(_ path: String) -> String {
        path.isEmpty || path.utf8.first == UInt8(ascii: "[") ? path : "." + path
    }
}
