import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct JSONOutputLinesTests {
    private static let date = Date(timeIntervalSince1970: 1_700_000_000)

    /// What a stream's lines become, and in how many pieces.
    private func objects(_ chunks: [[UInt8]], finishing: Bool = true) -> (text: String, pieces: [Int]) {
        var lines = JSONOutputLines(stream: "stderr")
        lines.begin(stage: "say \"x\"", at: Self.date)
        var bytes: [UInt8] = []
        var pieces: [Int] = []
        let collect: (RawSpan) -> Void = { span in
            span.withUnsafeBytes { bytes += Array($0) }
            pieces.append(span.byteCount)
        }
        for chunk in chunks { lines.consume(chunk.span.bytes, emit: collect) }
        if finishing { lines.finish(emit: collect) }
        return (String(decoding: bytes, as: UTF8.self), pieces)
    }

    private func object(_ message: String, stage: String = "say \"x\"", at date: Date = date) -> String {
        var object = JSONLine(level: "info", stage: stage, message: message)
        object.extra = [("stream", "\"stderr\"")]
        return object.text(at: date) + "\n"
    }

    @Test(arguments: ["", "plain", "\"quoted\" \\ \u{1}\u{7F}\t\r.", "grün ✓ \u{1F600}", "a\u{0}b"])
    func `a line is the object that JSONLine makes of it`(text: String) {
        let twice = Array("\(text)\n\(text)\n".utf8)
        #expect(objects([twice]).text == object(text) + object(text))
    }

    @Test func `bytes that are no UTF-8 are replaced`() {
        #expect(objects([[0x61, 0xFF, 0x62, 0x0A]]).text == object("a\u{FFFD}b"))
    }

    @Test func `a line that comes in pieces is one object, and the last needs no newline`() {
        let chunks = ["first ", "line\nsec", "ond", " line"].map { Array($0.utf8) }
        #expect(objects(chunks).text == object("first line") + object("second line"))
        #expect(objects(chunks, finishing: false).text == object("first line"))
    }

    @Test func `many lines are given out in pieces, each of them whole objects, and none is lost`() {
        let texts = (0..<20_000).map { $0 % 100 == 0 ? "line \"\($0)\"" : "line \($0)" }
        let result = objects([Array((texts.joined(separator: "\n") + "\n").utf8)])
        #expect(result.text == texts.map { object($0) }.joined())
        #expect(result.pieces.count > 5 && result.pieces.allSatisfy { $0 < 256 << 10 })
    }

    @Test func `a line as long as a line may be is one object`() {
        let text = String(repeating: "x\u{1}", count: 500_000)
        let result = objects([Array((text + "\nshort\n").utf8)])
        #expect(result.text == object(text) + object("short"))
    }

    @Test func `the stage and the time are those of the line's end`() {
        var lines = JSONOutputLines(stream: "stderr")
        var text = ""
        let collect: (RawSpan) -> Void = { span in
            span.withUnsafeBytes { text += String(decoding: $0, as: UTF8.self) }
        }
        lines.begin(stage: "one", at: Self.date)
        lines.consume(Array("a\nb".utf8).span.bytes, emit: collect)
        lines.begin(stage: "two", at: Self.date.addingTimeInterval(1))
        lines.consume(Array("c\n".utf8).span.bytes, emit: collect)
        #expect(
            text == object("a", stage: "one") + object("bc", stage: "two", at: Self.date.addingTimeInterval(1))
        )
    }
}
