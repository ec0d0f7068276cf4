internal import FoundationEssentials

/// The keys that an issuer publishes.
struct JSONWebKeySet: Sendable, Hashable {
    /// The keys that could be read, in their order.
    let keys: [JSONWebKey]
    /// How many entries were none that can be read.
    let unreadable: Int

    private struct Document: Decodable {
        let keys: [Entry]
    }

    /// One entry that does not make the others unreadable.
    private struct Entry: Decodable {
        let key: JSONWebKey?

        init(from decoder: any Decoder) throws {
            key = try? JSONWebKey(from: decoder)
        }
    }

    /// Reads a key set, or returns nil when the bytes are none.
    init?(_ bytes: [UInt8]) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else { return nil }
        keys = document.keys.compactMap(\.key)
        unreadable = document.keys.count - keys.count
    }

    /// The identifiers that more than one key has, which AWS refuses.
    var repeatedIdentifiers: [String] {
        let counts = Dictionary(grouping: keys.compactMap(\.kid)) { $0 }
        return counts.filter { $0.value.count > 1 }.keys.sorted()
    }
}
