import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct JSONOutputLinesTests {
    @Test(arguments: ["", "plain", "\"quoted\" \\ \u{1}\u{7F}\t\r", "grün ✓ \u{1F600}", "a\u{0}b"])
    func `a line is the object that JSONLine makes of it`(text: String) {
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        var lines = JSONOutputLines(stage: "say \"x\"", stream: "stderr", at: date)
        let bytes = Array(text.utf8)
        for _ in 0..<2 { bytes.withUnsafeBytes { lines.append($0) } }
        var object = JSONLine(level: "info", stage: "say \"x\"", message: text)
        object.extra = [("stream", "\"stderr\"")]
        #expect(
            String(decoding: lines.bytes, as: UTF8.self) == String(repeating: object.text(at: date) + "\n", count: 2)
        )
    }

    @Test func `bytes that are no UTF-8 are replaced`() {
        var lines = JSONOutputLines(stage: "s", stream: "stdout", at: Date())
        let bytes: [UInt8] = [0x61, 0xFF, 0x62]
        bytes.withUnsafeBytes { lines.append($0) }
        #expect(String(decoding: lines.bytes, as: UTF8.self).contains("a\u{FFFD}b"))
    }
}
