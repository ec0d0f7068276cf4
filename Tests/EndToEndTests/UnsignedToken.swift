import FoundationEssentials

/// A token that is well formed, good for an hour, and signed by nobody: for servers that only pretend to be STS.
struct UnsignedToken {
    static let audience = "okteto.example.com/us-east-2"

    let text: String

    init(issuer: String = "https://issuer.example.com", subject: String = "system:serviceaccount:okteto:okteto") {
        let expiration = Int(Date().timeIntervalSince1970) + 3600
        let payload = """
            {"iss":"\(issuer)","sub":"\(subject)",\
            "aud":"\(Self.audience)","exp":\(expiration)}
            """
        let signature = "c2lnbmF0dXJlLW9mLW5vYm9keQ"
        text = Self.encode(#"{"alg":"RS256","kid":"k1"}"#) + "." + Self.encode(payload) + "." + signature
    }

    private static func encode(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}
