import FoundationEssentials
import ProcessEnvironment

@testable import CredentialInjector

/// The decoder of identity tokens, and what is said about them.
///
/// An input that begins with an odd byte is a token as it is; of another one header, payload and signature, with a NUL
/// behind each, are encoded first, since mutations of base64 seldom reach what is in it.
@_cdecl("oktetorun_fuzz_token")
public func fuzzToken(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let isRaw = input.next() % 2 == 1
    let parts = isRaw ? [] : [input.until(0, most: 512), input.until(0, most: 4_096), input.rest]
    for part in parts { precondition(Base64URL.decode(encode(part)) == part, "base64url") }
    let text = isRaw ? input.rest : Array(parts.map(encode).joined(separator: [UInt8(ascii: ".")]))
    do {
        let token = try IdentityToken(Secret(bytes: text), from: "fuzz")
        precondition(token.secret.bytes.count <= IdentityToken.maximumBytes)
        expectShowable(token.description)
        let expectation = TokenExpectation(
            audience: Setting("okteto.example.com/us-east-2", from: .option("--audience"))
        )
        let warnings = try TokenCheck.check(token, expecting: expectation, now: Date(timeIntervalSince1970: 2e9))
        for warning in warnings { expectShowable(warning) }
        for line in ClaimSummary.lines(of: token) { expectShowable(line) }
    } catch {
        expectShowable(error.message)
        for detail in error.details { expectShowable(detail) }
        let longest = text.split(separator: UInt8(ascii: ".")).max { $0.count < $1.count }
        if isRaw, let longest, longest.count > 60 {
            precondition(!error.message.utf8.contains(subsequence: longest), "the message shows the token")
        }
    }
    return 0
}

private func encode(_ bytes: [UInt8]) -> [UInt8] {
    Data(bytes).base64EncodedString().utf8.filter { $0 != UInt8(ascii: "=") }.map { byte in
        byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
    }
}

extension Sequence<UInt8> {
    fileprivate func contains(subsequence other: some Collection<UInt8>) -> Bool {
        let bytes = Array(self)
        guard bytes.count >= other.count else { return false }
        return (0...(bytes.count - other.count)).contains { bytes[$0...].starts(with: other) }
    }
}
