/// Times as people read them.
enum RunTime {
    /// Returns `0.4s`, `12s`, `3m05s`: below ten seconds to the nearest tenth, so that `sleep 0.3`, whose start is seen a
    /// moment late, does not take `0.2s`.
    static func text(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        if tenths < 100 { return "\(tenths / 10).\(tenths % 10)s" }
        let seconds = max(10, duration.components.seconds)
        guard seconds >= 60 else { return "\(seconds)s" }
        let rest = seconds % 60
        return "\(seconds / 60)m\(rest < 10 ? "0" : "")\(rest)s"
    }
}
