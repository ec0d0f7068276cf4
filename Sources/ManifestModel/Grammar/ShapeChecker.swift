internal import YAMLSource

/// Checks a manifest against ``ManifestGrammar``.
///
/// An error is what Okteto's parser refuses, a warning what only Okteto's schema does. Linear in the size of the manifest.
struct ShapeChecker {
    var diagnostics: [Diagnostic] = []
    var path = ShapePath()

    /// Returns all findings about a manifest, in no order.
    static func findings(in node: YAMLNode) -> [Diagnostic] {
        var checker = ShapeChecker()
        checker.check(node, ManifestGrammar.manifest, at: node.mark)
        return checker.diagnostics
    }

    /// Checks a value; `mark` is where it is named: its key, or itself in a list.
    mutating func check(_ node: YAMLNode, _ shape: Shape, at mark: SourceMark) {
        switch node.content {
        case .scalar(let scalar):
            if node.isNull { return checkNull(shape, at: mark) }
            guard let expected = shape.scalar else { return reportKind(node, shape) }
            check(scalar, node, expected)
        case .sequence(let items):
            guard let expected = shape.list else { return reportKind(node, shape) }
            if expected.isParserOnly { refused("is a list", at: node.mark) }
            let item = expected.item
            for (index, node) in items.enumerated() {
                path.enter(index: index, item.noun)
                check(node, item, at: node.mark)
                path.leave()
            }
        case .mapping(let entries):
            guard let expected = shape.mapping else { return reportKind(node, shape) }
            if expected.isParserOnly { refused("is a mapping", at: node.mark) }
            switch expected.content {
            case .anything: break
            case .entries(let box): for entry in entries { check(entry, named: box.shape) }
            case .fields(let fields): check(node, entries, fields, at: mark)
            }
        }
    }

    mutating func check(_ entry: YAMLEntry, _ shape: Shape) {
        path.enter(key: entry.key, shape.noun)
        check(entry.value, shape, at: entry.mark)
        path.leave()
    }

    /// Checks an entry whose key is a name, which is easily forgotten.
    private mutating func check(_ entry: YAMLEntry, named shape: Shape) {
        if case .fields(let fields)? = shape.mapping?.content, fields.field(entry.key) != nil,
            shape.list == nil, !isOfKind(entry.value, shape)
        {
            let section = path.name
            path.enter(key: entry.key, shape.noun)
            let key = PrintableText.quoted(entry.key)
            reportKind(entry.value, shape, help: "\(section) needs a name of your choice above \(key)")
            path.leave()
        } else {
            check(entry, shape)
        }
    }

    private func isOfKind(_ node: YAMLNode, _ shape: Shape) -> Bool {
        switch node.content {
        case .scalar: node.isNull || shape.scalar != nil
        case .sequence: shape.list != nil
        case .mapping: shape.mapping != nil
        }
    }

    private mutating func checkNull(_ shape: Shape, at mark: SourceMark) {
        switch shape.emptiness {
        case .error(let lack, let help): report(.missing, "\(path.name) \(lack)", at: mark, help: help)
        case .absent:
            // Okteto's schema sees a text where there is nothing.
            if let scalar = shape.scalar, case .text = scalar.kind, !scalar.isParserOnly, scalar.oktetoWords == nil {
                return
            }
            refused("is empty", at: mark, help: "leave it out, or give it a value")
        }
    }
}
