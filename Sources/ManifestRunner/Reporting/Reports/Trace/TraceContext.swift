/// Which trace something belongs to, as programs hand it on in `TRACEPARENT` and `TRACESTATE`.
///
/// https://www.w3.org/TR/trace-context/
struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, not all 0.
    let traceID: String
    /// The span that something is part of: 16 digits, not all 0.
    let spanID: String
    /// Whether the trace is recorded.
    let isSampled: Bool
    /// What tracing systems hand on beside it, as it came; nil where there is nothing.
    var state: String?

    /// Creates the context of a new trace.
    init() {
        traceID = Self.identifier(words: 2)
        spanID = Self.identifier(words: 1)
        isSampled = true
    }

    init(traceID: String, spanID: String, isSampled: Bool, state: String?) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// Reads `TRACEPARENT` as strictly as §3.2 wants it, and takes `TRACESTATE` where it may be one; nil where it is not
    /// well formed, and then a new trace is to begin.
    init?(parent: String, state: String?) {
        let parts = parent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], 2), parts[0] != "ff",
            // Later versions may have more behind it, the first has not.
            parts.count == 4 || parts[0] != "00",
            Self.isHexadecimal(parts[1], 32), parts[1].contains(where: { $0 != "0" }),
            Self.isHexadecimal(parts[2], 16), parts[2].contains(where: { $0 != "0" }),
            Self.isHexadecimal(parts[3], 2), let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        traceID = String(parts[1])
        spanID = String(parts[2])
        isSampled = flags & 1 == 1
        if let state, !state.isEmpty, state.utf8.count <= 512, state.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            self.state = state
        }
    }

    /// The value of `TRACEPARENT`.
    var parent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// Returns the context of what is part of another span of the trace.
    func with(spanID: String) -> TraceContext {
        TraceContext(traceID: traceID, spanID: spanID, isSampled: isSampled, state: state)
    }

    /// Returns a random identifier of words of 64 bits.
    static func identifier(words: Int) -> String {
        (0..<words).map { _ in
            let digits = String(UInt64.random(in: 1 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static func isHexadecimal(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
