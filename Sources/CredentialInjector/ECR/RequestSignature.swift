internal import FoundationEssentials
internal import ProcessEnvironment

/// The signature of a request to an AWS service, version 4.
///
/// See "Create a signed AWS API request" of the IAM user guide. The path is taken as it is: of the services that are
/// asked here each has `/` alone.
struct RequestSignature {
    let accessKeyID: String
    let secretAccessKey: Secret
    let sessionToken: Secret?
    let region: String
    /// The service's name for signatures: `ecr`.
    let service: String

    /// Returns the header fields that sign a request: `Authorization`, `X-Amz-Date` and `X-Amz-Security-Token`.
    ///
    /// `headers` are signed all, and `host` besides; `query` is percent-encoded already.
    ///
    /// - Throws: ``CredentialError`` when libcrypto refuses.
    func fields(
        method: String,
        host: String,
        path: String = "/",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)],
        body: [UInt8],
        at date: Date
    ) throws(CredentialError) -> [(name: String, value: String)] {
        let time = Self.time(date)
        var added = [(name: "X-Amz-Date", value: time)]
        if let sessionToken { added.append((name: "X-Amz-Security-Token", value: sessionToken.reveal())) }
        let signed = (headers + added + [(name: "host", value: host)])
            .map { (name: $0.name.lowercased(), value: Self.trimmed($0.value)) }
            .sorted { $0.name < $1.name }
        let names = signed.map(\.name).joined(separator: ";")
        let lines =
            [
                method, path,
                query.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
                    .map { "\($0.name)=\($0.value)" }.joined(separator: "&"),
            ] + signed.map { "\($0.name):\($0.value)" } + ["", names, Digest.hexadecimal(try Digest.sha256(body))]
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let canonical = Digest.hexadecimal(try Digest.sha256(Array(lines.joined(separator: "\n").utf8)))
        let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(canonical)"
        let signature = Digest.hexadecimal(
            try Digest.hmacSHA256(key: try key(of: day), Array(text.utf8))
        )
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
        return added + [(name: "Authorization", value: authorization)]
    }

    /// The key of one day, region and service.
    private func key(of day: String) throws(CredentialError) -> [UInt8] {
        var key = Array("AWS4".utf8) + secretAccessKey.bytes
        for word in [day, region, service, "aws4_request"] {
            let next = try Digest.hmacSHA256(key: key, Array(word.utf8))
            Cleanser.cleanse(&key)
            key = next
        }
        return key
    }

    /// Returns `date` as `20150830T123600Z`.
    private static func time(_ date: Date) -> String {
        ServiceTime.text(date).filter { $0 != "-" && $0 != ":" }
    }

    /// Without space at both ends, and with one where there are several.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
