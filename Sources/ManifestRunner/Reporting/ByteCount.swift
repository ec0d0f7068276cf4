/// Amounts of data as people read them.
enum ByteCount {
    /// Returns `512 B`, `3.4 KiB`, `120 MiB`.
    static func text(_ bytes: Int64) -> String {
        guard bytes >= 1_024 else { return "\(bytes) B" }
        var rest = bytes
        for unit in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
            if rest < 10 * 1_024 { return "\(rest / 1_024).\(rest % 1_024 * 10 / 1_024) \(unit)" }
            rest /= 1_024
            if rest < 1_024 { return "\(rest) \(unit)" }
        }
        return "\(rest) ZiB"
    }
}
