/// How far a piece of work is.
struct ProgressState: Sendable, Hashable {
    /// What is done of what, in words: `2/5 layers`; empty where there is nothing to say.
    var detail = ""
    /// The bytes that are done.
    var bytes: Int64 = 0
    /// The bytes there are in all, or nil where that is not known.
    var totalBytes: Int64?

    /// The part that is done, from 0 to 1, or nil where that is not known.
    var fraction: Double? {
        guard let totalBytes, totalBytes > 0 else { return nil }
        return min(max(Double(bytes) / Double(totalBytes), 0), 1)
    }

    /// `2/5 layers, 3.4 MB of 25 MB`, as far as it is known.
    var summary: String {
        var parts: [String] = []
        if !detail.isEmpty { parts.append(detail) }
        if let totalBytes, totalBytes > bytes {
            parts.append("\(ByteCount.text(bytes)) of \(ByteCount.text(totalBytes))")
        } else if bytes > 0 {
            parts.append(ByteCount.text(bytes))
        }
        return parts.joined(separator: ", ")
    }
}
