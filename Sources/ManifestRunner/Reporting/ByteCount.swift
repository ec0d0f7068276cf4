/// Amounts of bytes as people read them.
enum ByteCount {
    /// Returns `812 B`, `3.4 kB`, `25 MB`, `1.2 GB`: decimal units, two digits where there are few.
    static func text(_ bytes: Int64) -> String {
        guard bytes >= 1_000 else { return "\(max(bytes, 0)) B" }
        var tenths = bytes / 100
        var units = ["kB", "MB", "GB", "TB", "PB"][...]
        while tenths >= 10_000, units.count > 1 {
            tenths /= 1_000
            units = units.dropFirst()
        }
        let number = tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
        return "\(number) \(units.first ?? "")"
    }
}
