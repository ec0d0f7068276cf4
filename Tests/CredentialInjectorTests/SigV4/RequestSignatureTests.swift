import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

/// Requests and signatures of AWS's user guide, and others that botocore signed.
@Suite struct RequestSignatureTests {
    private static let date = Date(timeIntervalSince1970: 1_440_938_160)

    private func authorization(
        _ method: String,
        host: String = "example.amazonaws.com",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [],
        body: String = "",
        service: String = "service",
        region: String = "us-east-1",
        token: String? = nil
    ) throws -> String? {
        let signature = RequestSignature(
            credentials: SigningCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                sessionToken: token.map { Secret($0) }
            ),
            region: region,
            service: service
        )
        let fields = try signature.fields(
            method: method,
            host: host,
            query: query,
            headers: headers,
            body: Array(body.utf8),
            at: Self.date
        )
        #expect(fields.first { $0.name == "X-Amz-Date" }?.value == "20150830T123600Z")
        return fields.first { $0.name == "Authorization" }?.value
    }

    private func expected(_ names: String, _ signature: String, scope: String = "us-east-1/service") -> String {
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/\(scope)/aws4_request, SignedHeaders=\(names), "
            + "Signature=\(signature)"
    }

    @Test func `post-x-www-form-urlencoded`() throws {
        let signature = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        let headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        #expect(
            try authorization("POST", headers: headers, body: "Param1=value1")
                == expected("content-type;host;x-amz-date", signature)
        )
    }

    @Test func `spaces within and around values do not count`() throws {
        let signature = "fe5c04eaf643faaccad963683d40165df26a1f6368aecc1e8c229f0ed9ee4942"
        let headers = [(name: "My-Header1", value: "value2,value2"), (name: "X-B", value: " a   b ")]
        #expect(try authorization("GET", headers: headers) == expected("host;my-header1;x-amz-date;x-b", signature))
    }

    @Test func `the request to IAM of the user guide`() throws {
        let signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        let query = [(name: "Action", value: "ListUsers"), (name: "Version", value: "2010-05-08")]
        let headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8")]
        #expect(
            try authorization("GET", host: "iam.amazonaws.com", query: query, headers: headers, service: "iam")
                == expected("content-type;host;x-amz-date", signature, scope: "us-east-1/iam")
        )
    }

    @Test func `a request to ECR with a session token`() throws {
        let signature = "62097e89b942a34a2fde3628ee54437dff994ef47ac95e08ec98fc1012809e0d"
        let headers = [
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
            (name: "X-Amz-Target", value: "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"),
        ]
        let names = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target"
        #expect(
            try authorization(
                "POST",
                host: "api.ecr.eu-central-1.amazonaws.com",
                headers: headers,
                body: "{}",
                service: "ecr",
                region: "eu-central-1",
                token: "session+token/=="
            ) == expected(names, signature, scope: "eu-central-1/ecr")
        )
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 is that of FIPS 180-4`(text: String, digest: String) throws {
        #expect(Digest.hexadecimal(try Digest.sha256(Array(text.utf8))) == digest)
    }

    @Test func `HMAC is that of RFC 4231`() throws {
        let code = try Digest.hmacSHA256(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(Digest.hexadecimal(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }
}
