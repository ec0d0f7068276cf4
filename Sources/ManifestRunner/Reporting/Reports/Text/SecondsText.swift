/// Times as machines read them.
enum SecondsText {
    /// Returns seconds with three decimals, `12.345`; less than nothing is nothing.
    static func exact(_ duration: Duration) -> String {
        let milliseconds = max(Int64((duration / .milliseconds(1)).rounded()), 0)
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
