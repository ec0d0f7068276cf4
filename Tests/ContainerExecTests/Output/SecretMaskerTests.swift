import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite struct SecretMaskerTests {
    private static let secrets = [
        Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), Secret("abcabcabcd"), Secret("cdabcabcxyz"),
        Secret("aaaaaaaab"),
    ]

    /// Masks a text that comes in the given pieces.
    private func mask(_ text: [UInt8], pieces: [Int], secrets: [Secret] = Self.secrets) -> String {
        var masker = SecretMasker()
        masker.add(secrets)
        var result: [UInt8] = []
        let collect: (RawSpan) -> Void = { span in span.withUnsafeBytes { result += Array($0) } }
        var position = 0
        for piece in pieces {
            let part = Array(text[position..<min(text.count, position + piece)])
            position += part.count
            masker.consume(part.span.bytes, emit: collect)
        }
        let rest = Array(text[position...])
        masker.consume(rest.span.bytes, emit: collect)
        masker.finish(emit: collect)
        return String(decoding: result, as: UTF8.self)
    }

    @Test(arguments: [
        ("x wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY y", "x *** y"),
        ("abcabcabcdabcabcxyz.", "***."), ("abcabcabc", "abcabcabc"), ("aaaaaaaaaaaaaaab!", "aaaaaaa***!"),
        ("wJalrXUtnFEMI%2FK7MDENG%2BbPxRfiCYEXAMPLEKEY", "***"),
        ("wJalrXUtnFEMI%2fK7MDENG%2bbPxRfiCYEXAMPLEKEY", "***"),
        (#"wJalrXUtnFEMI\/K7MDENG+bPxRfiCYEXAMPLEKEY"#, "***"), ("616263616263616263 64", "616263616263616263 64"),
    ])
    func `secrets are replaced in every form, and nothing else is`(text: String, expected: String) {
        let bytes = Array(text.utf8)
        #expect(mask(bytes, pieces: []) == expected)
        #expect(
            mask(bytes, pieces: Array(repeating: 1, count: bytes.count)).replacing("******", with: "***") == expected
        )
    }

    @Test func `however a text is cut, no secret and no part of one behind its start shows`() {
        var generator = SplitMix(seed: 7)
        let parts = [
            "abcabcabcd", "cdabcabcxyz", "abcabc", "aaaaaaaab", "aaaa", "x", "\n",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        ]
        for _ in 0..<500 {
            let text = (0..<12).map { _ in parts[Int(generator.next() % UInt64(parts.count))] }.joined()
            let bytes = Array(text.utf8)
            let whole = mask(bytes, pieces: [])
            let cut = mask(bytes, pieces: (0..<40).map { _ in Int(generator.next() % 9) })
            for secret in Self.secrets { #expect(!cut.contains(secret.reveal()), "\(text)") }
            // A replacement may be written twice where pieces overlap; the clear text is the same.
            #expect(cut.filter { $0 != "*" } == whole.filter { $0 != "*" }, "\(text)")
        }
    }

    @Test func `base64 is found at every alignment`() {
        let secret = Self.secrets[0].bytes
        for prefix in ["", "a", "ab", "abc"] {
            let text = Base64.encode(Array(prefix.utf8) + secret + Array("tail".utf8))
            let masked = mask(Array(text.utf8), pieces: [])
            #expect(masked.contains("***"))
            #expect(masked.count < text.count - 40)
        }
    }

    @Test func `text without a secret comes through at once, a prompt included`() {
        var masker = SecretMasker()
        masker.add(Self.secrets)
        var result = ""
        let prompt = Array("continue? [y/N] ".utf8)
        masker.consume(prompt.span.bytes) { span in
            span.withUnsafeBytes { result += String(decoding: $0, as: UTF8.self) }
        }
        #expect(result == "continue? [y/N] ")
    }

    @Test func `values too short to be told from words are not masked`() {
        #expect(mask(Array("us-east".utf8), pieces: [], secrets: [Secret("us-east")]) == "us-east")
    }

    @Test(arguments: [2_047, 2_048, 4_099, 70_001])
    func `secrets are found wherever they stand in a long piece`(count: Int) {
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        for start in stride(from: 0, through: count - secret.utf8.count, by: 97) {
            var text = [UInt8](repeating: UInt8(ascii: "."), count: count)
            text.replaceSubrange(start..<start + secret.utf8.count, with: secret.utf8)
            let expected = String(repeating: ".", count: start) + "***"
            #expect(mask(text, pieces: []) == expected + String(repeating: ".", count: count - start - secret.count))
        }
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
