import FoundationEssentials
import Testing

@testable import ContainerExec

/// Base64 as `base64 -d` reads it.
struct Base64EncodingTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg==\n"), ("fo", "Zm8=\n"), ("foo", "Zm9v\n"), ("foob", "Zm9vYg==\n"),
        ("fooba", "Zm9vYmE=\n"), ("foobar", "Zm9vYmFy\n"),
    ])
    func `the vectors of RFC 4648 come out, each line with its end`(text: String, encoded: String) {
        #expect(String(decoding: Base64Encoding.lines(of: Array(text.utf8)), as: UTF8.self) == encoded)
    }

    @Test func `every byte survives at every length, in lines of 76 characters at most`() {
        for count in [56, 57, 58, 113, 114, 115, 1_000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            let lines = Base64Encoding.lines(of: bytes).split(separator: UInt8(ascii: "\n"))
            #expect(lines.allSatisfy { $0.count <= 76 })
            #expect(Data(base64Encoded: Data(lines.joined())) == Data(bytes))
        }
    }
}
