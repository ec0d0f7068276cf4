/// A request in the one form that signer and service compute alike.
///
/// See "Create a canonical request" of the IAM user guide.
struct CanonicalRequest {
    /// The names of the signed header fields, as `host;x-amz-date`.
    let signedHeaders: String
    /// The whole form.
    let text: String

    /// Creates the form of a request.
    ///
    /// `path` is as in the URL, and is encoded once more, as all services but S3 do. Names and values of `query` are
    /// not percent-encoded.
    init(
        method: String,
        path: String,
        query: [(name: String, value: String)],
        headers: [(name: String, value: String)],
        bodyDigest: String
    ) {
        let fields = Self.fields(headers)
        signedHeaders = fields.map(\.name).joined(separator: ";")
        let head = [method, Self.path(path), Self.query(query)]
        let lines = head + fields.map { "\($0.name):\($0.value)" } + ["", signedHeaders, bodyDigest]
        text = lines.joined(separator: "\n")
    }

    /// Joins the values of fields of one name in the order in which they are sent.
    private static func fields(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            // A value that was folded into several lines (RFC 7230 §3.2.4) counts as several values.
            let lines = header.value.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { trimmed(String($0)) }
            values[header.name.lowercased(), default: []] += lines.isEmpty ? [""] : lines
        }
        return values.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
            .sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    }

    /// Without space at both ends, and with one where there are several.
    private static func trimmed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// Without empty segments, `.` and `..` (RFC 3986 §5.2.4), each segment percent-encoded.
    private static func path(_ path: String) -> String {
        var segments: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for part in parts where !part.isEmpty && part != "." {
            if part == ".." { _ = segments.popLast() } else { segments.append(part) }
        }
        guard !segments.isEmpty else { return "/" }
        let isFolder = parts.last.map { $0.isEmpty || $0 == "." || $0 == ".." } ?? false
        return "/" + segments.map { encoded(String($0)) }.joined(separator: "/") + (isFolder ? "/" : "")
    }

    /// Sorted by the encoded names, then values, both by bytes.
    private static func query(_ query: [(name: String, value: String)]) -> String {
        query.map { (Array(encoded($0.name).utf8), Array(encoded($0.value).utf8)) }
            .sorted { one, other in
                one.0 == other.0 ? one.1.lexicographicallyPrecedes(other.1) : one.0.lexicographicallyPrecedes(other.0)
            }
            .map { String(decoding: $0.0 + [UInt8(ascii: "=")] + $0.1, as: UTF8.self) }
            .joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        String(decoding: FormEncoder.encoded(text.utf8), as: UTF8.self)
    }
}
