import ProcessEnvironment

@testable import CredentialInjector

/// The reader of what STS answers: as credentials, and as an error document of the status that the first byte chooses.
@_cdecl("oktetorun_fuzz_sts")
public func fuzzSTS(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let status = [200, 400, 403, 429, 500, 503][Int(input.next()) % 6]
    let body = input.rest
    if let root = try? XMLReader.read(body), let result = try? WebIdentityResult(root) {
        for value in [Array(result.accessKeyID.utf8), result.secretAccessKey.bytes, result.sessionToken.bytes] {
            precondition(!value.isEmpty && value.allSatisfy { (0x21..<0x7F).contains($0) }, "not fit for a header")
        }
        for text in [result.assumedRoleARN, result.audience ?? "", result.subject ?? ""] { expectShowable(text) }
    }
    let failure = STSFailure(status: status, body: body, requestID: String(decoding: body.prefix(100), as: UTF8.self))
    for text in [failure.code ?? "", failure.message, failure.requestID ?? ""] { expectShowable(text) }
    precondition(failure.message.unicodeScalars.count <= 500, "the message has no bound")
    precondition(status < 500 || failure.isTransient)
    return 0
}
