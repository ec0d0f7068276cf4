internal import CredentialInjector
internal import ManifestModel

/// The language of manifests as a JSON Schema (draft-07), written from ``ManifestGrammar``.
///
/// A manifest is valid by it exactly where checking it finds no error, but for what a schema has no words for: names that
/// nothing has, circles, and names that are given twice. What only Okteto's schema refuses is valid.
enum ManifestSchema {
    /// The schema.
    static var document: JSONValue {
        var members = [
            JSONMember("$schema", .string("http://json-schema.org/draft-07/schema#")),
            JSONMember("title", .string("okteto.yml")),
            JSONMember("description", .string("An Okteto manifest, as okteto-run reads it.")),
        ]
        members += Self.members(of: ManifestGrammar.manifest, isNeeded: false)
        return .object(members)
    }

    /// A text whose `${` are all closed, as ``VariableExpander`` takes it.
    private static let expandable = "^([^$]|\\$\\$|\\$\\{[^}\\r\\n]*\\}|\\$(?![{$]))*$"

    private static func schema(of shape: Shape, isNeeded: Bool, summary: String? = nil) -> JSONValue {
        let description = summary.map { [JSONMember("description", .string($0))] } ?? []
        return .object(description + members(of: shape, isNeeded: isNeeded))
    }

    /// Returns what a schema says of a value; one that `isNeeded` is not empty.
    ///
    /// What is said about texts, lists and mappings stands side by side: each keyword is about values of one type.
    private static func members(of shape: Shape, isNeeded: Bool) -> [JSONMember] {
        var types: [String] = []
        var result: [JSONMember] = []
        var words: [JSONValue]?
        var rules: [JSONValue] = []
        if let scalar = shape.scalar {
            switch scalar.kind {
            case .text: types += ["string", "number", "boolean"]
            case .formatted(let format):
                types += format == .duration ? ["string", "integer"] : ["string"]
                if format == .duration { result.append(JSONMember("minimum", .number("0"))) }
                result.append(JSONMember("pattern", .string(format.pattern)))
            case .words(let known): words = (known + [""]).map { .string($0) }
            case .boolean: types.append("boolean")
            case .integer: types.append("number")
            }
            if scalar.isExpanded {
                let pattern = JSONMember("pattern", .string(expandable))
                if result.contains(where: { $0.name == "pattern" }) {
                    rules.append(.object([pattern]))
                } else {
                    result.append(pattern)
                }
            }
            if isNeeded { result.append(JSONMember("minLength", .number("1"))) }
        }
        if let list = shape.list {
            types.append("array")
            result.append(JSONMember("items", schema(of: list.item, isNeeded: false)))
            if list.isFilled { result.append(JSONMember("minItems", .number("1"))) }
        }
        if let mapping = shape.mapping {
            types.append("object")
            result += members(of: mapping)
            if case .fields(let fields) = mapping.content {
                rules += fields.conditions.map(rule) + (fields.choice.map(Self.rules) ?? [])
            }
        }
        if !isNeeded, shape.emptiness == .absent {
            types.append("null")
            words?.append(.null)
        }
        if !rules.isEmpty { result.append(JSONMember("allOf", .array(rules))) }
        guard words == nil else { return [JSONMember("enum", .array(words ?? []))] }
        let type: JSONValue = types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) })
        return [JSONMember("type", type)] + result
    }

    private static func members(of mapping: MappingShape) -> [JSONMember] {
        switch mapping.content {
        case .anything: return []
        case .entries(let box):
            return [JSONMember("additionalProperties", schema(of: box.shape, isNeeded: false))]
        case .fields(let shape):
            var needed: [JSONValue] = []
            var properties: [JSONMember] = []
            for field in shape.fields {
                var isNeeded = false
                if case .always = field.need {
                    isNeeded = true
                    needed.append(.string(field.name))
                }
                properties.append(
                    JSONMember(field.name, schema(of: field.shape, isNeeded: isNeeded, summary: field.summary))
                )
            }
            let others = shape.others.map { schema(of: $0.shape, isNeeded: false) } ?? .bool(false)
            var result = [JSONMember("properties", .object(properties)), JSONMember("additionalProperties", others)]
            if !needed.isEmpty { result.append(JSONMember("required", .array(needed))) }
            return result
        }
    }

    /// What counts as not being there.
    private static let nothing = JSONValue.object(["enum": .array([.null, .string(""), .array([]), .object([])])])
    private static let something = JSONValue.object(["not": nothing])

    private static func having(_ keys: [String]) -> JSONValue {
        .object([
            "type": .string("object"),
            "required": .array(keys.map { .string($0) }),
            "properties": .object(keys.map { JSONMember($0, something) }),
        ])
    }

    private static func rule(_ condition: FieldCondition) -> JSONValue {
        let values: [JSONValue] = [.string(condition.value)] + (condition.isDefault ? [.string(""), .null] : [])
        let value = JSONMember(condition.key, .object(["enum": .array(values)]))
        var then = [
            JSONMember("required", .array(condition.requires.map { .string($0) }))
        ]
        then.append(
            JSONMember(
                "properties",
                .object(
                    condition.requires.map { JSONMember($0, something) }
                        + condition.forbids.map { JSONMember($0, nothing) }
                )
            )
        )
        return .object([
            "if": .object([
                "properties": .object([value]),
                "required": condition.isDefault ? nil : .array([.string(condition.key)]),
            ]),
            "then": .object(then),
        ])
    }

    private static func rules(_ choice: FieldChoice) -> [JSONValue] {
        var result = [JSONValue.object(["not": having(choice.keys)])]
        if choice.isRequired {
            let others = JSONValue.object(["not": .object(["type": .string("object")])])
            result.append(.object(["anyOf": .array(choice.keys.map { having([$0]) } + [others])]))
        }
        return result
    }
}
