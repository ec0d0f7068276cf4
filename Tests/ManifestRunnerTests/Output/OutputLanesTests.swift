import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct OutputLanesTests {
    private let a = PhaseKind.test("a")
    private let long = PhaseKind.test("long")
    private let c = PhaseKind.test("c")
    private let instant = RunInstant(date: Date(timeIntervalSince1970: 0), elapsed: .zero)

    private func lanes(
        _ order: LogOrder,
        _ files: borrowing WrittenFiles,
        isTerminal: Bool = false
    ) throws -> OutputLanes {
        let lanes = OutputLanes(
            order,
            isColoured: false,
            isTerminal: [isTerminal, isTerminal],
            patience: .seconds(3_600),
            writer: files.writer
        )
        lanes.arrange([a, long, c])
        return lanes
    }

    @Test func `lines of several phases alternate, each behind its name, and stay on their stream`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.stream, files)
        let first = try #require(lanes.lane(of: a))
        let second = try #require(lanes.lane(of: long))
        first.print("1\n2")
        second.print("x\n")
        second.print("oops\n", to: .standardError)
        first.print("2\n")
        first.writeLines("INFO: said\n    hint\n", to: .standardError)
        lanes.observe(.ended(.success), at: instant)
        #expect(files.output == "a    | 1\nlong | x\na    | 22\n")
        #expect(files.errors == "long | oops\na    | INFO: said\na    |     hint\n")
    }

    @Test func `a prompt is shown after a while, and goes on in its line while nobody else prints`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.stream, files)
        let first = try #require(lanes.lane(of: a))
        let second = try #require(lanes.lane(of: long))
        first.print("name? ")
        first.showUnfinishedLines(since: .now - .seconds(60))
        #expect(files.output.isEmpty, "it has not waited that long")
        first.showUnfinishedLines(since: .now)
        #expect(files.output == "a    | name? ")
        first.print("bob")
        first.showUnfinishedLines(since: .now)
        #expect(files.output == "a    | name? bob")
        second.print("other\n")
        first.print(" and more\n")
        lanes.observe(.ended(.success), at: instant)
        #expect(files.output == "a    | name? bob\nlong | other\na    |  and more\n")
    }

    @Test func `a line that somebody else had to end needs no other end`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.stream, files)
        let first = try #require(lanes.lane(of: a))
        first.print("dots...")
        first.showUnfinishedLines(since: .now)
        lanes.lane(of: long)?.print("other\n")
        first.print("\nnext\n")
        lanes.observe(.ended(.success), at: instant)
        #expect(files.output == "a    | dots...\nlong | other\na    | next\n")
    }

    @Test func `what a command leaves without a newline is shown at its end, and the next begins a line`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.stream, files)
        let lane = try #require(lanes.lane(of: a))
        lane.print("no end")
        lane.endLines()
        lane.print("next")
        lanes.observe(.phaseEnded(a, .succeeded), at: instant)
        #expect(files.output == "a    | no end\na    | next")
        lanes.observe(.ended(.success), at: instant)
    }

    @Test func `on one screen a line of the other stream ends the unfinished one`() throws {
        let files = try WrittenFiles(isOneScreen: true)
        let lanes = try lanes(.stream, files, isTerminal: true)
        lanes.lane(of: a)?.print("one")
        lanes.lane(of: a)?.showUnfinishedLines(since: .now)
        lanes.lane(of: c)?.print("two\n", to: .standardError)
        lanes.lane(of: c)?.print("three\n")
        lanes.observe(.ended(.success), at: instant)
        #expect(files.output == "a    | one\nc    | two\nc    | three\n")
    }

    @Test func `every byte arrives, however it is cut`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.stream, files)
        let lane = try #require(lanes.lane(of: a))
        let text = (0..<40_000).map { "line \($0)" }.joined(separator: "\n") + "\n"
        var rest = Array(text.utf8)[...]
        var size = 1
        while !rest.isEmpty {
            lane.print(String(decoding: rest.prefix(size), as: UTF8.self))
            rest = rest.dropFirst(size)
            size = size * 3 % 100_003 + 1
        }
        lanes.observe(.ended(.success), at: instant)
        #expect(files.output.replacing("a    | ", with: "") == text)
    }

    @Test func `grouped shows the first as it prints, and the others behind it, those that ended first`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.grouped, files)
        for phase in [a, long, c] { lanes.observe(.phaseBegan(phase), at: instant) }
        let all = [a, long, c].compactMap { lanes.lane(of: $0) }
        all[0].print("a1\n")
        all[1].print("l1\n")
        all[2].print("c1\n")
        all[2].print("c2\n", to: .standardError)
        #expect(files.output == "a1\n")
        lanes.observe(.phaseEnded(c, .succeeded), at: instant)
        all[0].print("a2\n")
        #expect(files.output == "a1\na2\n")
        lanes.observe(.phaseEnded(a, .succeeded), at: instant)
        #expect(files.output == "a1\na2\nc1\nl1\n")
        all[1].print("l2\n")
        all[1].writeLines("said\n", to: .standardError)
        #expect(files.output == "a1\na2\nc1\nl1\nl2\n")
        lanes.observe(.ended(.success), at: instant)
        let heads = ["── a ", "── c ", "── long "].map { $0 + String(repeating: "─", count: 60 - $0.count) + "\n" }
        #expect(files.errors == heads[0] + heads[1] + "c2\n" + heads[2] + "said\n")
    }

    @Test func `what is held is shown when the run ends before its phases`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.grouped, files)
        for phase in [a, long] { lanes.observe(.phaseBegan(phase), at: instant) }
        lanes.lane(of: long)?.print("held")
        lanes.observe(.ended(.interrupted(by: 15)), at: instant)
        #expect(files.output == "held")
    }

    @Test func `what is said of a phase before it begins is not held`() throws {
        let files = try WrittenFiles()
        let lanes = try lanes(.grouped, files)
        lanes.observe(.phaseBegan(a), at: instant)
        lanes.lane(of: c)?.writeLines("c is skipped\n", to: .standardError)
        lanes.observe(.phaseEnded(c, .skipped(.dependency(a))), at: instant)
        #expect(files.errors.hasSuffix("c is skipped\n"))
        lanes.observe(.ended(.success), at: instant)
    }

    @Test func `names share a third of the terminal, and are escaped`() {
        let phases = [PhaseKind.test("a\u{1B}[2Jb"), .deploy, .test(String(repeating: "日", count: 40))]
        let texts = LanePrefix.texts(of: phases, columns: 40, isColoured: false)
        #expect(texts == ["a\\u{1B}[2Jb   | ", "deploy        | ", "日日日日日日… | "])
    }

    @Test func `colours take no columns`() {
        let plain = LanePrefix.texts(of: [a, long], columns: nil, isColoured: false)
        let coloured = LanePrefix.texts(of: [a, long], columns: nil, isColoured: true)
        #expect(plain == ["a    | ", "long | "])
        #expect(coloured == ["\u{1B}[36ma    |\u{1B}[0m ", "\u{1B}[33mlong |\u{1B}[0m "])
    }
}
