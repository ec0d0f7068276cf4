internal import FoundationEssentials
internal import ProcessEnvironment

/// What STS grants: the content of a successful answer.
struct WebIdentityResult {
    let accessKeyID: String
    let secretAccessKey: Secret
    let sessionToken: Secret
    let expiration: Date
    let assumedRoleARN: String
    let audience: String?
    let subject: String?
    /// The identity provider as STS names it.
    let provider: String?
    /// The source identity that the token set, which goes with the session and into the audit log.
    let sourceIdentity: String?
    /// How much of the size allowed for session policies and tags is used, in per cent.
    let packedPolicySize: Int?

    /// Creates a result from the root of an answer.
    ///
    /// The answers of AWS and of other services differ in order, in namespace and in optional elements; what is
    /// required is four non-empty credentials and one set of them.
    ///
    /// - Throws: ``XMLReaderError`` that says what is missing.
    init(_ root: XMLElement) throws(XMLReaderError) {
        guard root.name == "AssumeRoleWithWebIdentityResponse" else {
            throw XMLReaderError(reason: "it is a \(DisplayText.clean(root.name, limit: 60)) document")
        }
        guard let result = root["AssumeRoleWithWebIdentityResult"], let credentials = result["Credentials"] else {
            throw XMLReaderError(reason: "it does not have exactly one set of credentials")
        }
        accessKeyID = String(decoding: try Self.value("AccessKeyId", of: credentials), as: UTF8.self)
        secretAccessKey = Secret(bytes: try Self.value("SecretAccessKey", of: credentials))
        sessionToken = Secret(bytes: try Self.value("SessionToken", of: credentials))
        let time = String(decoding: try Self.value("Expiration", of: credentials), as: UTF8.self)
        guard let expiration = ServiceTime.timestamp(time) else {
            throw XMLReaderError(reason: "its Expiration is not a time")
        }
        self.expiration = expiration
        assumedRoleARN = Self.text(result["AssumedRoleUser"]?["Arn"]) ?? ""
        audience = Self.text(result["Audience"])
        subject = Self.text(result["SubjectFromWebIdentityToken"])
        provider = Self.text(result["Provider"])
        sourceIdentity = Self.text(result["SourceIdentity"])
        packedPolicySize = Self.text(result["PackedPolicySize"]).flatMap { Int($0) }
    }

    /// These go into environment variables and headers, where only visible ASCII is safe.
    private static func value(_ name: String, of credentials: XMLElement) throws(XMLReaderError) -> [UInt8] {
        guard let value = credentials[name]?.trimmedText, !value.isEmpty else {
            throw XMLReaderError(reason: "it does not have exactly one \(name)")
        }
        guard value.count <= 64 << 10, value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw XMLReaderError(reason: "its \(name) has characters or a length that none can have")
        }
        return value
    }

    private static func text(_ element: XMLElement?) -> String? {
        guard let bytes = element?.trimmedText, !bytes.isEmpty else { return nil }
        return DisplayText.clean(bytes, limit: 2048)
    }
}
