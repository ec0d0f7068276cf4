internal import CTestTLS
internal import FoundationEssentials

/// Signs tokens as an issuer does, with a key of its own (ES256).
package struct TestSigner: Sendable {
    private let key: String
    private let identifier: String

    /// Creates a signer with a new key of that name.
    package init(keyIdentifier: String = "k1") {
        key = TestAuthority(name: "signer").identity.key
        identifier = keyIdentifier
    }

    /// Returns a token with these claims, a JSON object.
    package func token(_ claims: String) -> String {
        let head = #"{"alg":"ES256","typ":"JWT","kid":"\#(identifier)"}"#
        let text = Self.encode(Array(head.utf8)) + "." + Self.encode(Array(claims.utf8))
        var signature = [UInt8](repeating: 0, count: 64)
        withKey { key in
            let bytes = Array(text.utf8)
            return oktetorun_test_sign(key, bytes, bytes.count, &signature)
        }
        return text + "." + Self.encode(signature)
    }

    /// The key set that the issuer publishes (RFC 7517).
    package var keySet: String {
        var point = [UInt8](repeating: 0, count: 65)
        withKey { oktetorun_test_point($0, &point) }
        let x = Self.encode(Array(point[1..<33]))
        let y = Self.encode(Array(point[33..<65]))
        return
            #"{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"\#(identifier)","x":"\#(x)","y":"\#(y)"}]}"#
    }

    private func withKey(_ body: (OpaquePointer) -> CInt) {
        guard let pointer = TestAuthority.key(key) else { preconditionFailure("the test's key cannot be read") }
        defer { EVP_PKEY_free(pointer) }
        precondition(body(pointer) == 1, "OpenSSL refuses the test's key")
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
