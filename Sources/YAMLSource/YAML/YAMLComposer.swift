/// Makes a tree of nodes of libyaml's events, within ``YAMLLimits``.
struct YAMLComposer: ~Copyable {
    private var reader: YAMLEventReader
    private var anchors: [String: YAMLNode] = [:]
    /// The anchors of the collections that are being read, to tell an endless alias from an unknown one.
    private var open: Set<String> = []
    private var count = 0
    private(set) var diagnostics: [Diagnostic] = []

    /// Returns the first document of a text, or nil when there is none, with all findings; never fails.
    static func compose(_ source: SourceText) -> YAMLDocument {
        do throws(YAMLError) {
            try YAMLText.check(source)
            guard let reader = YAMLEventReader(source) else {
                throw YAMLError("there is no memory left to read this file", at: .start)
            }
            var composer = YAMLComposer(reader)
            do throws(YAMLError) {
                return YAMLDocument(root: try composer.document(), diagnostics: composer.diagnostics)
            } catch {
                return YAMLDocument(root: nil, diagnostics: composer.diagnostics + [error.diagnostic])
            }
        } catch {
            return YAMLDocument(root: nil, diagnostics: [error.diagnostic])
        }
    }

    private init(_ reader: consuming YAMLEventReader) {
        self.reader = reader
    }

    private mutating func document() throws(YAMLError) -> YAMLNode? {
        _ = try reader.next()
        guard case .documentStart = try reader.next().kind else { return nil }
        let root = try node(try reader.next(), depth: 0)
        _ = try reader.next()
        // Whatever follows is not read, and its errors are no errors.
        if let event = try? reader.next(), case .documentStart = event.kind {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    "only the first document of the file is read; this one is not",
                    at: event.mark,
                    help: "put everything into one document, without '---' between"
                )
            )
        }
        return root
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
        try add(1, at: event.mark)
        let result: YAMLNode
        switch event.kind {
        case .alias(let name):
            return try alias(name, at: event.mark, depth: depth)
        case .scalar(let scalar):
            result = YAMLNode(.scalar(scalar), at: event.mark, tag: event.tag)
        case .sequenceStart:
            try enter(event, depth: depth)
            var items: [YAMLNode] = []
            var next = try reader.next()
            while true {
                if case .sequenceEnd = next.kind { break }
                items.append(try node(next, depth: depth + 1))
                next = try reader.next()
            }
            result = YAMLNode(.sequence(items), at: event.mark, tag: event.tag)
        case .mappingStart:
            try enter(event, depth: depth)
            result = YAMLNode(.mapping(try entries(depth: depth + 1)), at: event.mark, tag: event.tag)
        default:
            throw YAMLError("invalid YAML: a value is missing", at: event.mark)
        }
        try checkTag(event)
        if let anchor = event.anchor {
            open.remove(anchor)
            anchors[anchor] = result
        }
        return result
    }

    private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLEntry] {
        var builder = YAMLMappingBuilder()
        var next = try reader.next()
        while true {
            if case .mappingEnd = next.kind { break }
            let key = try node(next, depth: depth)
            let value = try node(try reader.next(), depth: depth)
            // What a merge copies counts too, or nested merges would grow without bound.
            try add(try builder.add(key, value), at: key.mark)
            next = try reader.next()
        }
        diagnostics += builder.diagnostics
        return builder.entries
    }

    private mutating func alias(_ name: String, at mark: SourceMark, depth: Int) throws(YAMLError) -> YAMLNode {
        guard let target = anchors[name] else {
            guard !open.contains(name) else {
                throw YAMLError("the alias \(shown(name)) stands inside the value it refers to", at: mark)
            }
            throw YAMLError(
                "there is no anchor \(PrintableText.quoted("&" + name)) before this alias",
                at: mark,
                help: Suggestion.help(for: name, among: anchors.keys.sorted())
                    ?? "put a text that begins with '*' in quotes"
            )
        }
        guard depth + target.height <= YAMLLimits.depth else { throw tooDeep(mark) }
        try add(target.weight - 1, at: mark)
        return target
    }

    private mutating func enter(_ event: YAMLEvent, depth: Int) throws(YAMLError) {
        guard depth < YAMLLimits.depth else { throw tooDeep(event.mark) }
        if let anchor = event.anchor {
            // A second anchor of the same name hides the first, also inside its own value.
            anchors[anchor] = nil
            open.insert(anchor)
        }
    }

    private mutating func add(_ nodes: Int, at mark: SourceMark) throws(YAMLError) {
        count += nodes
        guard count <= YAMLLimits.nodes else {
            throw YAMLError(
                "the file has more than \(YAMLLimits.nodes) values, counting what aliases stand for",
                at: mark,
                help: "an alias of a list of aliases multiplies; write out what is needed"
            )
        }
    }

    private mutating func checkTag(_ event: YAMLEvent) throws(YAMLError) {
        guard let tag = event.tag, !YAMLTag.harmless.contains(tag) else { return }
        if tag == YAMLTag.binary {
            throw YAMLError("binary values are not supported here", at: event.mark, help: "write it as text")
        }
        diagnostics.append(
            Diagnostic(
                .warning,
                "the tag \(PrintableText.quoted(tag)) has no meaning here and is ignored",
                at: event.mark,
                help: "put a text that begins with '!' in quotes"
            )
        )
    }

    private func shown(_ name: String) -> String { PrintableText.quoted("*" + name) }

    private func tooDeep(_ mark: SourceMark) -> YAMLError {
        YAMLError("values are nested more than \(YAMLLimits.depth) levels deep", at: mark)
    }
}
