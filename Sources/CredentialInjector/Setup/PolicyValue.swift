/// A value of a policy's JSON, without the order of an object's names, which means nothing in policies.
package indirect enum PolicyValue: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case number(Double)
    case truth(Bool)
    case null
    case list([PolicyValue])
    case object([String: PolicyValue])

    /// The value of a name of an object; nil for other values.
    subscript(name: String) -> PolicyValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The text, or nil when the value is something else.
    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The values of a list, and a value that stands for a list of one: IAM takes both as the same.
    var elements: [PolicyValue] {
        guard case .list(let elements) = self else { return [self] }
        return elements
    }
}

extension PolicyValue: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            var object: [String: PolicyValue] = [:]
            for key in members.allKeys { object[key.stringValue] = try members.decode(PolicyValue.self, forKey: key) }
            self = .object(object)
            return
        }
        if var elements = try? decoder.unkeyedContainer() {
            var list: [PolicyValue] = []
            while !elements.isAtEnd { list.append(try elements.decode(PolicyValue.self)) }
            self = .list(list)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? single.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? single.decode(Double.self) {
            self = .number(value)
        } else {
            self = .text(try single.decode(String.self))
        }
    }
}
