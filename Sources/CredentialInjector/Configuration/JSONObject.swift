internal import FoundationEssentials

/// Tells a JSON object from anything else.
enum JSONObject {
    private struct Probe: Decodable {
        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil

            init(stringValue: String) { self.stringValue = stringValue }

            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            _ = try decoder.container(keyedBy: Key.self)
        }
    }

    /// Returns whether the bytes are one well-formed JSON object.
    static func isObject(_ bytes: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Probe.self, from: Data(bytes))) != nil
    }
}
