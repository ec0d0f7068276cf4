import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct JSONLineTests {
    @Test func `an object begins with Okteto's four keys in Okteto's order`() {
        var line = JSONLine(level: "info", stage: "a", message: "b")
        line.extra = [("stream", "\"stdout\"")]
        let text = line.text(at: Date(timeIntervalSince1970: 12.9))
        #expect(text == #"{"level":"info","stage":"a","message":"b","timestamp":12,"stream":"stdout"}"#)
    }

    @Test func `a message with quotes, control characters and a backslash stays one line of JSON`() throws {
        let message = "a\"b\\c\nd\u{1B}[0m\u{7F}é"
        let text = JSONLine(level: "info", stage: "", message: message).text(at: Date())
        #expect(!text.contains("\n"))
        struct Object: Decodable { let message: String }
        #expect(try JSONDecoder().decode(Object.self, from: Data(text.utf8)).message == message)
    }
}
