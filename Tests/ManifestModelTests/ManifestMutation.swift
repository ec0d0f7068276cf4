import CredentialInjector
import YAMLSource

/// Makes manifests that are a little wrong of ones that are right; the same ones in every run.
struct ManifestMutation {
    private var state: UInt64
    private static let values: [JSONValue] = [
        .null, .string(""), .string("x"), .string("8080:80"), .string("${X"), .string("5m"), .string("istio"),
        .number("1"), .number("1.5"), .bool(true), .array([]), .object([]), .array([.string("x")]), .array([.null]),
        .array([.object([])]), .object([JSONMember("x", .string("k"))]), .object([JSONMember("name", .null)]),
    ]

    init(seed: UInt64) {
        state = seed
    }

    /// Returns the document as JSON, which is YAML, with one to three changes.
    mutating func text(of node: YAMLNode) -> String {
        var value = Self.json(node)
        for _ in 0...Int(next() % 3) { value = changed(value) }
        return value.compact
    }

    private mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var result = state
        result = (result ^ (result >> 30)) &* 0xBF58_476D_1CE4_E5B9
        result = (result ^ (result >> 27)) &* 0x94D0_49BB_1331_11EB
        return result ^ (result >> 31)
    }

    private mutating func changed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(var items) where !items.isEmpty && next() % 8 != 0:
            let index = Int(next() % UInt64(items.count))
            if next() % 8 == 0 { items.remove(at: index) } else { items[index] = changed(items[index]) }
            return .array(items)
        case .object(var members) where !members.isEmpty && next() % 8 != 0:
            let index = Int(next() % UInt64(members.count))
            let member = members[index]
            switch next() % 10 {
            case 0: members.remove(at: index)
            case 1: members[index] = JSONMember(member.name + "s", member.value)
            default: members[index] = JSONMember(member.name, changed(member.value))
            }
            return .object(members)
        default: return Self.values[Int(next() % UInt64(Self.values.count))]
        }
    }

    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .scalar(let scalar):
            switch node.scalarType {
            case .null: .null
            case .boolean: .bool(node.boolean == true)
            case .integer where scalar.text.allSatisfy(\.isNumber): .number(scalar.text)
            default: .string(scalar.text)
            }
        case .sequence(let items): .array(items.map(json))
        case .mapping(let entries): .object(entries.map { JSONMember($0.key, json($0.value)) })
        }
    }
}
