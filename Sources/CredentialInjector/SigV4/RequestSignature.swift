internal import FoundationEssentials
internal import ProcessEnvironment

/// The signature of a request to an AWS service, version 4.
///
/// See "Create a signed AWS API request" of the IAM user guide. The rules of S3, which differ in the path, are not here.
struct RequestSignature {
    let credentials: SigningCredentials
    let region: String
    /// The service's name for signatures: `ecr`, `iam`.
    let service: String

    /// Returns the header fields that sign a request: `Authorization`, `X-Amz-Date` and `X-Amz-Security-Token`.
    ///
    /// `headers` are signed all, and `host` besides. `path` is as in the URL; names and values of `query` are not
    /// percent-encoded.
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
        if let token = credentials.sessionToken { added.append((name: "X-Amz-Security-Token", value: token.reveal())) }
        let request = CanonicalRequest(
            method: method,
            path: path,
            query: query,
            headers: headers + added + [(name: "host", value: host)],
            bodyDigest: Digest.hexadecimal(try Digest.sha256(body))
        )
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let digest = Digest.hexadecimal(try Digest.sha256(Array(request.text.utf8)))
        let text = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(digest)"
        var key = try key(of: day)
        defer { Cleanser.cleanse(&key) }
        let signature = Digest.hexadecimal(try Digest.hmacSHA256(key: key, Array(text.utf8)))
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(request.signedHeaders), Signature=\(signature)"
        return added + [(name: "Authorization", value: authorization)]
    }

    /// The key of one day, region and service.
    private func key(of day: String) throws(CredentialError) -> [UInt8] {
        var key = Array("AWS4".utf8) + credentials.secretAccessKey.bytes
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
}
