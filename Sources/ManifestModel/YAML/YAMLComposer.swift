/// Builds the node tree of the first document of a text, within bounds.
struct YAMLComposer: ~Copyable {
    private var parser: YAMLParser
    private let bounds: YAMLBounds
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    private var nodes = 0

    /// Returns the root of the first document, or nil when the text has none: nothing, or comments alone.
    static func compose(_ bytes: [UInt8], bounds: YAMLBounds = YAMLBounds()) throws(YAMLFailure) -> YAMLNode? {
        guard bytes.count <= bounds.bytes else {
            throw YAMLFailure(message: "the file is larger than \(bounds.bytes) bytes", mark: nil)
        }
        var composer = try YAMLComposer(bytes, bounds: bounds)
        return try composer.document()
    }

    private init(_ bytes: [UInt8], bounds: YAMLBounds) throws(YAMLFailure) {
        parser = try YAMLParser(bytes)
        self.bounds = bounds
    }

    private mutating func document() throws(YAMLFailure) -> YAMLNode? {
        while true {
            let event = try parser.next()
            switch event.kind {
            case .documentStart: return try node(try parser.next(), depth: 0).node
            case .streamEnd: return nil
            default: continue
            }
        }
    }

    private mutating func count(_ number: Int, at mark: SourceMark) throws(YAMLFailure) {
        nodes += number
        guard nodes <= bounds.nodes else {
            throw YAMLFailure(
                message: "the document has more than \(bounds.nodes) nodes, those behind aliases counted",
                mark: mark
            )
        }
    }

    private mutating func node(
        _ event: YAMLEvent,
        depth: Int
    ) throws(YAMLFailure) -> (node: YAMLNode, size: Int) {
        guard depth < bounds.depth else {
            throw YAMLFailure(message: "collections are nested deeper than \(bounds.depth) levels", mark: event.mark)
        }
        try count(1, at: event.mark)
        var result: (node: YAMLNode, size: Int)
        switch event.kind {
        case .alias(let name):
            guard let anchored = anchors[name] else {
                throw YAMLFailure(message: "the alias '*\(name)' names no anchor before it", mark: event.mark)
            }
            try count(anchored.size, at: event.mark)
            return (YAMLNode(content: anchored.node.content, mark: event.mark), anchored.size)
        case .scalar(let text, let isPlain):
            result = (YAMLNode(content: .scalar(text, isPlain: isPlain), mark: event.mark), 1)
        case .sequenceStart:
            result = try sequence(at: event.mark, depth: depth)
        case .mappingStart:
            result = try mapping(at: event.mark, depth: depth)
        default:
            throw YAMLFailure(message: "a value is missing", mark: event.mark)
        }
        if let anchor = event.anchor { anchors[anchor] = result }
        return result
    }

    private mutating func sequence(at mark: SourceMark, depth: Int) throws(YAMLFailure) -> (node: YAMLNode, size: Int) {
        var items: [YAMLNode] = []
        var size = 1
        while true {
            let event = try parser.next()
            if case .sequenceEnd = event.kind { break }
            let item = try node(event, depth: depth + 1)
            items.append(item.node)
            size += item.size
        }
        return (YAMLNode(content: .sequence(items), mark: mark), size)
    }

    private mutating func mapping(at mark: SourceMark, depth: Int) throws(YAMLFailure) -> (node: YAMLNode, size: Int) {
        var own: [YAMLNode.Entry] = []
        var merged: [YAMLNode.Entry] = []
        var size = 1
        while true {
            let event = try parser.next()
            if case .mappingEnd = event.kind { break }
            let key = try node(event, depth: depth + 1)
            let value = try node(try parser.next(), depth: depth + 1)
            size += key.size + value.size
            if case .scalar("<<", isPlain: true) = key.node.content {
                merged += try Self.mergedEntries(value.node)
            } else {
                own.append(YAMLNode.Entry(key: key.node, value: value.node))
            }
        }
        // A mapping's own keys win over merged ones, and of several merged mappings the first (yaml.org/type/merge).
        var names = Set(own.compactMap(\.key.text))
        for entry in merged where entry.key.text.map({ names.insert($0).inserted }) ?? true { own.append(entry) }
        return (YAMLNode(content: .mapping(own), mark: mark), size)
    }

    private static func mergedEntries(_ value: YAMLNode) throws(YAMLFailure) -> [YAMLNode.Entry] {
        switch value.content {
        case .mapping(let entries):
            return entries
        case .sequence(let items):
            var entries: [YAMLNode.Entry] = []
            for item in items {
                guard case .mapping(let more) = item.content else { throw notMergeable(item) }
                entries += more
            }
            return entries
        case .scalar:
            throw notMergeable(value)
        }
    }

    private static func notMergeable(_ node: YAMLNode) -> YAMLFailure {
        YAMLFailure(message: "'<<' takes a mapping or a list of mappings, not \(node.kind)", mark: node.mark)
    }
}
