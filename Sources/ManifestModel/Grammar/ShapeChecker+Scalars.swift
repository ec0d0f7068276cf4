internal import ProcessEnvironment
internal import YAMLSource

extension ShapeChecker {
    mutating func check(_ scalar: YAMLScalar, _ node: YAMLNode, _ shape: ScalarShape) {
        if shape.isParserOnly { refused("is a text", at: node.mark) }
        let text = scalar.text
        switch shape.kind {
        case .text: checkText(node, shape)
        case .formatted(let format):
            guard format.accepts(text) else {
                return report(
                    .wrongValue,
                    "\(path.name) is \(PrintableText.quoted(text)), which is not of the form that it must have",
                    at: node.mark,
                    help: "write \(format.expectation)"
                )
            }
            checkText(node, shape)
        case .words(let words):
            guard text.isEmpty || words.contains(text) else {
                return report(
                    .wrongValue,
                    "\(path.name) must be \(shape.name), not \(PrintableText.quoted(text))",
                    at: node.mark,
                    help: Suggestion.help(for: text, among: words)
                )
            }
            checkText(node, shape)
        case .boolean:
            if node.boolean == nil {
                report(.wrongType, "\(path.name) must be true or false", at: node.mark, help: "write it without quotes")
            }
        case .integer: checkInteger(node)
        }
    }

    private mutating func checkText(_ node: YAMLNode, _ shape: ScalarShape) {
        guard case .scalar(let scalar) = node.content else { return }
        if shape.isExpanded, scalar.text.utf8.contains(UInt8(ascii: "$")) { checkExpansion(scalar.text, node) }
        // Whoever takes no text at all has been heard already.
        guard !shape.isParserOnly else { return }
        if let type = node.scalarType, type != .text, !shape.takesAnyType {
            refused("is \(type.name) and read as a text", at: node.mark, help: "put it in quotes")
        } else if let words = shape.oktetoWords, !words.contains(scalar.text) {
            let help = Suggestion.help(for: scalar.text, among: words) ?? "it knows \(words.joined(separator: ", "))"
            refused("is \(PrintableText.quoted(scalar.text))", at: node.mark, help: help)
        } else if let format = shape.oktetoFormat, !format.accepts(scalar.text) {
            let help = "it asks for \(format.expectation)"
            refused("is \(PrintableText.quoted(scalar.text))", at: node.mark, help: help)
        }
    }

    private mutating func checkExpansion(_ text: String, _ node: YAMLNode) {
        do throws(ManifestModelError) {
            _ = try VariableExpander(lookUp: { _ in nil }).expand(text)
        } catch {
            report(
                .expansion,
                "the variables of \(path.name) cannot be expanded: '${' is not closed",
                at: node.mark,
                help: "add '}', or write '$$' for '$'"
            )
        }
    }

    private mutating func checkInteger(_ node: YAMLNode) {
        switch node.scalarType {
        case .integer: break
        case .number: refused("is no whole number", at: node.mark, help: "Okteto cuts off what follows the point")
        default:
            report(.wrongType, "\(path.name) must be a whole number", at: node.mark, help: "write it without quotes")
        }
    }
}
