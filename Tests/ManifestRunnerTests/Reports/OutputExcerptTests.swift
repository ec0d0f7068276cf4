import ContainerExec
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct OutputExcerptTests {
    private static let bounds = OutputExcerpt.Bounds(head: 20, tail: 30)

    private func lines(_ excerpt: OutputExcerpt, secrets: [String] = []) -> [String] {
        var masker = SecretMasker()
        masker.add(secrets.map { Secret($0) })
        return CommandLog(excerpt, masker: masker).lastLines(.max)
    }

    @Test func `what fits is kept whole, the streams in their order`() {
        var excerpt = OutputExcerpt(bounds: Self.bounds)
        excerpt.append(Array("one\ntw".utf8), to: .standardOutput)
        excerpt.append(Array("err\n".utf8), to: .standardError)
        excerpt.append(Array("o\nend".utf8), to: .standardOutput)
        #expect(excerpt.omittedBytes == 0 && excerpt.totalBytes == 15)
        #expect(lines(excerpt) == ["one", "err", "two", "end"])
    }

    @Test(arguments: [1, 3, 7, 64, 1_000])
    func `of more the beginning and the end are kept, and what is left out is said`(size: Int) {
        var excerpt = OutputExcerpt(bounds: Self.bounds)
        let text = (0..<200).map { "line \($0)\n" }.joined()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            excerpt.append(Array(bytes[start..<min(start + size, bytes.count)]), to: .standardOutput)
        }
        #expect(excerpt.totalBytes == Int64(bytes.count))
        #expect(excerpt.keptBytes >= 50)
        let head = excerpt.head.flatMap(\.bytes)
        let tail = excerpt.tail.flatMap(\.bytes)
        #expect(head.count == 20 && bytes.starts(with: head) && bytes.suffix(tail.count) == tail[...])
        #expect(excerpt.omittedBytes == Int64(bytes.count - head.count - tail.count))
        let lines = lines(excerpt)
        #expect(lines.first == "line 0" && lines.last == "line 199")
        #expect(lines.contains { $0.hasPrefix("[… ") && $0.hasSuffix(" left out …]") } == (excerpt.omittedBytes > 0))
    }

    @Test func `a gigabyte of output costs no more memory than a mebibyte and a piece`() {
        var excerpt = OutputExcerpt()
        let piece = [UInt8](repeating: 0x61, count: 64 << 10)
        for _ in 0..<(16 << 10) { excerpt.append(piece, to: .standardOutput) }
        #expect(excerpt.totalBytes == 1 << 30)
        #expect(excerpt.keptBytes <= (1 << 20) + piece.count)
    }

    @Test func `less can be kept later, and more come after`() {
        var excerpt = OutputExcerpt(bounds: OutputExcerpt.Bounds(head: 100, tail: 100))
        for index in 0..<100 {
            excerpt.append(Array("\(index)\n".utf8), to: index % 2 == 0 ? .standardOutput : .standardError)
        }
        let total = excerpt.totalBytes
        excerpt.shrink(to: Self.bounds)
        #expect(excerpt.keptBytes == 50 && excerpt.totalBytes == total)
        #expect(excerpt.head.flatMap(\.bytes).starts(with: Array("0\n1\n".utf8)))
        #expect(excerpt.tail.flatMap(\.bytes).suffix(3) == Array("99\n".utf8)[...])
        excerpt.append(Array("after\n".utf8), to: .standardOutput)
        #expect(lines(excerpt).last == "after")
        let kept = excerpt.keptBytes
        excerpt.shrink(to: OutputExcerpt.Bounds(head: 1_000, tail: 1_000))
        #expect(excerpt.keptBytes == kept)
    }

    @Test func `a secret that colours kept apart is masked when they are taken out`() {
        var excerpt = OutputExcerpt()
        excerpt.append(Array("a s3cr\u{1B}[31met-v\u{1B}[0malue b\nplain\n".utf8), to: .standardOutput)
        #expect(lines(excerpt, secrets: ["s3cret-value"]) == ["a *** b", "plain"])
    }
}
