import FoundationEssentials
import ProcessEnvironment

@testable import CredentialInjector

/// Makes tokens that are well formed and signed by nobody.
enum TokenFactory {
    static let audience = "okteto.example.com/us-east-2"
    static let subject = "system:serviceaccount:okteto:okteto"
    static let issuer = "https://issuer.example.com"
    /// 2023-11-14T22:13:20Z, the time of the tests' clock.
    static let now = Date(timeIntervalSince1970: 1_700_000_000)

    static func encode(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=",
            with: ""
        )
    }

    static func text(
        header: String = #"{"alg":"RS256","kid":"k1"}"#,
        payload: String = payload(),
        signature: String = "c2lnbmF0dXJlLW9mLW5vYm9keQ"
    ) -> String {
        "\(encode(header)).\(encode(payload)).\(signature)"
    }

    static func payload(
        audience: String = #""okteto.example.com/us-east-2""#,
        expiration: Double = 1_700_003_600,
        more: String = ""
    ) -> String {
        #"{"iss":"\#(issuer)","sub":"\#(subject)","aud":\#(audience),"exp":\#(Int(expiration))\#(more)}"#
    }

    static func token(_ text: String = text()) throws -> IdentityToken {
        try IdentityToken(Secret(text), from: "test")
    }
}
