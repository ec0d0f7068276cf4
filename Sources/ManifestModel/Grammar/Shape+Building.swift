/// The words in which ``ManifestGrammar`` is written.
extension Shape {
    /// A text, whatever YAML would make of it.
    static let text = Shape(scalar: ScalarShape(.text))
    /// A text in which variables are expanded.
    static let expandedText = Shape(scalar: ScalarShape(.text, isExpanded: true))
    /// A truth value.
    static let boolean = Shape(scalar: ScalarShape(.boolean))
    /// A whole number.
    static let integer = Shape(scalar: ScalarShape(.integer))
    /// A mapping of which only Kubernetes knows what is in it.
    static let anyMapping = Shape(mapping: MappingShape(.anything))
    /// A mapping from names to texts.
    static let texts = Shape.entries(.text)

    /// A text of a format.
    static func format(_ format: TextFormat, okteto: TextFormat? = nil, isExpanded: Bool = false) -> Shape {
        Shape(scalar: ScalarShape(.formatted(format), isExpanded: isExpanded, oktetoFormat: okteto))
    }

    /// A text, of which Okteto's schema knows only some.
    static func text(okteto words: [String]) -> Shape {
        Shape(scalar: ScalarShape(.text, oktetoWords: words))
    }

    /// One of some words.
    static func words(_ words: [String], okteto: [String]? = nil) -> Shape {
        Shape(scalar: ScalarShape(.words(words), oktetoWords: okteto))
    }

    /// A list of values of one shape.
    static func list(
        of item: Shape,
        name: String = "a list",
        isParserOnly: Bool = false,
        isFilled: Bool = false
    ) -> Shape {
        Shape(list: ListShape(of: item, name: name, isParserOnly: isParserOnly, isFilled: isFilled))
    }

    /// A mapping from any names to values of one shape.
    static func entries(_ value: Shape, name: String = "a mapping") -> Shape {
        Shape(mapping: MappingShape(.entries(ShapeBox(value)), name: name))
    }

    /// A mapping of known keys; with `others` of any, of which Okteto's schema knows only these.
    static func fields(
        _ fields: [Field],
        conditions: [FieldCondition] = [],
        choice: FieldChoice? = nil,
        others: Shape? = nil,
        mayBeText: Bool = false
    ) -> Shape {
        let content = FieldsShape(
            fields,
            conditions: conditions,
            choice: choice,
            others: others.map(ShapeBox.init),
            mayBeText: mayBeText
        )
        return Shape(mapping: MappingShape(.fields(content)))
    }

    /// This shape, or another one for the kinds of nodes that this one does not take.
    func or(_ other: Shape) -> Shape {
        var result = self
        result.scalar = scalar ?? other.scalar
        result.list = list ?? other.list
        result.mapping = mapping ?? other.mapping
        return result
    }

    /// This shape, of which Okteto's schema knows nothing.
    var parserOnly: Shape {
        var result = self
        result.scalar?.isParserOnly = true
        result.list?.isParserOnly = true
        result.mapping?.isParserOnly = true
        return result
    }

    /// This shape, of which Okteto's schema takes every scalar as it is.
    var anyScalar: Shape {
        var result = self
        result.scalar?.takesAnyType = true
        return result
    }

    /// This shape with what messages call it.
    func called(_ noun: Noun) -> Shape {
        var result = self
        result.noun = noun
        return result
    }

    /// This shape with what to do where a value is of another kind.
    func advised(_ help: String) -> Shape {
        var result = self
        result.help = help
        return result
    }

    /// This shape, which must not be empty.
    func filled(_ lack: String, help: String) -> Shape {
        var result = self
        result.emptiness = .error(lack, help: help)
        return result
    }
}
