internal import CTestTLS

extension TestAuthority {
    /// Returns the SHA-1 of a PEM certificate in upper-case hexadecimal digits, as OpenSSL computes it.
    package static func fingerprint(of pem: String) -> String? {
        guard let certificate = certificate(pem) else { return nil }
        defer { X509_free(certificate) }
        var digest = [UInt8](repeating: 0, count: 20)
        guard oktetorun_test_fingerprint(certificate, &digest) == 1 else { return nil }
        return digest.map { byte in
            let text = String(byte, radix: 16, uppercase: true)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
