/// Looks at what a token source gave before it is decoded.
enum TokenText {
    /// Returns the bytes without the ASCII white space around them: most recipes write a newline at the end.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// Returns what is wrong with the trimmed bytes as a clause, or nil when they look like a compact JWS.
    static func problem(of bytes: [UInt8]) -> String? {
        if bytes.isEmpty { return "it is empty" }
        if bytes.count > IdentityToken.maximumBytes { return "it has more than 20000 bytes" }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFF, 0xFE])
            || bytes.starts(with: [0xFE, 0xFF])
        {
            return "it begins with a byte order mark; save the file as plain ASCII"
        }
        if bytes.contains(where: isSpace) {
            let tokens = bytes.split(whereSeparator: isSpace).filter { $0.count { $0 == UInt8(ascii: ".") } == 2 }
            return tokens.count > 1 ? "there is more than one token" : "there is white space in it"
        }
        if bytes.contains(0) { return "there is a NUL in it" }
        for prefix in ["ghp_", "gho_", "ghs_", "ghu_", "github_pat_"] where bytes.starts(with: prefix.utf8) {
            return "it is a GitHub access token, which says nothing to STS; request an OIDC identity token instead"
        }
        let dots = bytes.count { $0 == UInt8(ascii: ".") }
        if dots == 4 { return "it is an encrypted token (JWE), which STS cannot read" }
        if dots != 2 { return "it has \(dots) dots and not two; an opaque access token is not an identity token" }
        if bytes.first == UInt8(ascii: "{") { return "it is JSON; give the token's text alone" }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
