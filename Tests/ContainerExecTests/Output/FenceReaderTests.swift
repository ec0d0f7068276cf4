import Testing

@testable import ContainerExec

@Suite struct FenceReaderTests {
    private func read(_ text: String, pieces: Int) -> (passed: String, words: [String]) {
        var reader = FenceReader(nonce: "n0nce")
        var passed: [UInt8] = []
        var words: [String] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            let part = Array(bytes[start..<min(bytes.count, start + pieces)])
            var position = 0
            while let piece = reader.next(in: part.span.bytes, from: &position) {
                switch piece {
                case .text(let range): passed += part[range]
                case .held(let held): passed += held
                case .word(let word): words.append(word)
                }
            }
        }
        passed += reader.finish()
        return (String(decoding: passed, as: UTF8.self), words)
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `fences are taken out wherever the pieces are cut`(pieces: Int) {
        let result = read("a\u{1E}n0nce 137\nb\u{1E}n0nce E\nK=1\n\u{1E}n0nce 0\n", pieces: pieces)
        #expect(result.passed == "abK=1\n")
        #expect(result.words == ["137", "E", "0"])
    }

    @Test(arguments: [
        "\u{1E}", "\u{1E}n0nce", "\u{1E}n0nce \n", "\u{1E}n0nce x\n", "\u{1E}\u{1E}n0nc",
        "\u{1E}n0nce 00000000000000000000",
    ])
    func `what only looks like a fence passes through`(text: String) {
        for pieces in [1, 2, 100] { #expect(read(text, pieces: pieces).passed == text) }
    }

    @Test func `a fence after a broken one is found`() {
        #expect(read("\u{1E}n0\u{1E}n0nce 7\n", pieces: 4).words == ["7"])
    }
}
