import Testing

@testable import CredentialInjector

struct CertificateThumbprintTests {
    /// The bytes "abc" in the place of a certificate: their SHA-1 is in FIPS 180.
    private static let pem = "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----\n"

    @Test func `it is that of the last certificate of the chain`() {
        let other = "-----BEGIN CERTIFICATE-----\nYWJk\n-----END CERTIFICATE-----\n"
        #expect(CertificateThumbprint.of(chain: [other, Self.pem]) == "A9993E364706816ABA3E25717850C26C9CD0D89D")
    }

    @Test(arguments: ["", "YWJj", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----"])
    func `what is no certificate has none`(_ text: String) {
        #expect(CertificateThumbprint.of(chain: [text]) == nil)
        #expect(CertificateThumbprint.of(chain: []) == nil)
    }
}
