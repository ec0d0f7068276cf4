internal import FoundationEssentials

/// JSON as the engine's API speaks it.
enum JSON {
    /// Returns the value that `bytes` hold; unknown keys are passed by.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// Returns the bytes of `value` with sorted keys, so that equal values give equal bytes.
    static func encode(_ value: some Encodable) throws(ContainerExecError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value))
        } catch {
            throw ContainerExecError(.engineFailed, "a request to the engine cannot be written as JSON: \(error)")
        }
    }
}
