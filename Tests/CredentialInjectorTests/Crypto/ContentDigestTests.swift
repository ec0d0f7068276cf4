import CredentialInjector
import ProcessEnvironment
import Testing

@Suite struct ContentDigestTests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The examples of FIPS 180-4.
    @Test func `a digest is the one of SHA-256, however the bytes come, and begins anew`() throws {
        let digest = try ContentDigest()
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        digest.update(Array("a".utf8).span.bytes)
        digest.update(Array("bc".utf8).span.bytes)
        #expect(try hexadecimal(digest.finish()) == abc)
        #expect(
            try hexadecimal(digest.finish()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        digest.update(Array("abc".utf8).span.bytes)
        #expect(try hexadecimal(digest.finish()) == abc)
        #expect(try ContentDigest.hexadecimal(of: "abc") == abc)
    }

    /// Test case 2 of RFC 4231.
    @Test func `a digest with a key is the HMAC`() throws {
        let digest = try ContentDigest.keyed(Secret("Jefe"), Array("what do ya want for nothing?".utf8))
        #expect(hexadecimal(digest) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func `keys are new each time, and of 32 bytes`() throws {
        let keys = try (0..<4).map { _ in try ContentDigest.newKey().reveal() }
        #expect(Set(keys).count == 4 && keys.allSatisfy { $0.utf8.count == 64 })
    }
}
