/// The sums of a listing, made entry by entry in the listing's order.
struct ContentSums {
    private let digester: any ContentDigester
    private let outputDigester: any ContentDigester

    init(_ makeDigester: () throws -> any ContentDigester) throws {
        digester = try makeDigester()
        outputDigester = try makeDigester()
    }

    /// Adds an entry; its parts have lengths that are fixed or told, so that no two lists of entries look alike.
    mutating func add(_ entry: ContentEntry) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entry.path.count + 32)
        bytes.append(entry.kind.rawValue)
        for number in [UInt64(entry.mode), entry.hash.high, entry.hash.low, UInt64(entry.path.count)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        bytes += entry.path
        unsafe (entry.isOutput ? outputDigester : digester).update(bytes.span.bytes)
    }

    func sum() throws -> ContentHash { ContentHash(try digester.finish()) }

    func outputSum() throws -> ContentHash { ContentHash(try outputDigester.finish()) }
}
