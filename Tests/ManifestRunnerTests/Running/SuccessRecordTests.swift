import ContainerExec
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct SuccessRecordTests {
    private static let hash = ContentHash(high: 1, low: 2)

    private static func entry(
        _ path: String,
        kind: ContentEntry.Kind = .file,
        isOutput: Bool = false,
        hash: ContentHash = hash
    ) -> ContentEntry {
        ContentEntry(
            path: Array(path.utf8),
            kind: kind,
            mode: 0o644,
            isOutput: isOutput,
            stamp: kind == .folder ? .unknown : FileStamp(size: 5, modified: -7, changed: .max, device: 9, inode: .max),
            hash: kind == .folder ? .none : hash
        )
    }

    private static func listing(_ entries: [ContentEntry]?, sum: UInt64 = 3, outputSum: UInt64 = 4) -> ContentListing {
        ContentListing(
            entries: entries,
            sum: ContentHash(high: sum, low: 0),
            outputSum: ContentHash(high: outputSum, low: 0)
        )
    }

    private static func inputs(_ parts: [String: UInt64]) -> TestInputs {
        TestInputs(
            parts.sorted { $0.key < $1.key }.map { .init(name: $0.key, hash: ContentHash(high: $0.value, low: 0)) }
        )
    }

    private static let files = [
        entry("src", kind: .folder), entry("src/a.c"), entry("src/b.c"), entry("src/link", kind: .link),
        entry("out", kind: .folder, isOutput: true), entry("out/r", isOutput: true),
    ]

    private static let record = SuccessRecord(
        date: 1_700_000_000,
        hasFailedSince: false,
        inputs: inputs(["its image": 1, "the variable A": 2]),
        files: listing(files)
    )

    @Test func `a record comes back as it was`() {
        #expect(SuccessRecord(bytes: Self.record.bytes) == Self.record)
        let bare = SuccessRecord(date: -1, hasFailedSince: true, inputs: TestInputs([]), files: Self.listing(nil))
        #expect(SuccessRecord(bytes: bare.bytes) == bare)
    }

    @Test func `a record that is cut off, damaged or of another version is none, and no crash`() {
        let bytes = Self.record.bytes
        for count in bytes.indices { #expect(SuccessRecord(bytes: Array(bytes.prefix(count))) == nil) }
        #expect(SuccessRecord(bytes: bytes + [0]) == nil)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            _ = SuccessRecord(bytes: damaged)
        }
        #expect(SuccessRecord(bytes: Array(repeating: 0xFF, count: 1_000)) == nil)
    }

    @Test func `fifty thousand files take less than four megabytes`() {
        let entries = (0..<50_000).map { Self.entry("services/api/internal/package-\($0 / 100)/file-\($0 % 100).go") }
        let record = SuccessRecord(
            date: 1,
            hasFailedSince: false,
            inputs: TestInputs([]),
            files: Self.listing(entries)
        )
        #expect(record.bytes.count < 4_000_000)
    }

    private func reason(
        _ change: (inout [ContentEntry]) -> Void = { _ in },
        inputs: TestInputs = record.inputs,
        record: SuccessRecord? = record,
        sum: UInt64 = 30
    ) -> String? {
        var files = Self.files
        change(&files)
        return ChangeReport.reason(record, inputs, Self.listing(files, sum: files == Self.files ? 3 : sum))
    }

    private static let when = " since its last success on 2023-11-14 22:13 UTC"

    @Test func `nothing that has changed is no reason to run`() {
        #expect(reason() == nil)
        #expect(ChangeReport.unchanged(Self.record) == "nothing has changed since it succeeded on 2023-11-14 22:13 UTC")
    }

    @Test func `without a success, or after a failure, a test runs whatever its files are`() {
        #expect(reason(record: nil) == "it has not succeeded here yet")
        var failed = Self.record
        failed.hasFailedSince = true
        #expect(reason(record: failed) == "it failed after its success on 2023-11-14 22:13 UTC")
    }

    @Test func `the files that changed are named, and counted`() {
        let other = ContentHash(high: 8, low: 8)
        #expect(reason { $0[1].self = Self.entry("src/a.c", hash: other) } == "src/a.c changed" + Self.when)
        #expect(reason { $0.append(Self.entry("new\u{1B}[2J")) } == "new\\u{1B}[2J is new" + Self.when)
        #expect(reason { $0.remove(at: 2) } == "src/b.c is gone" + Self.when)
        #expect(reason { $0.removeLast() } == "its artifact out/r is gone" + Self.when)
        let two = reason {
            $0[1] = Self.entry("src/a.c", hash: other)
            $0.remove(at: 2)
        }
        #expect(two == "src/a.c and 1 other file changed" + Self.when)
        let three = reason {
            $0[1] = Self.entry("src/a.c", hash: other)
            $0.remove(at: 2)
            $0.append(Self.entry("z"))
        }
        #expect(three == "src/a.c and 2 other files changed" + Self.when)
    }

    @Test func `what else changed is named, too`() {
        #expect(reason(inputs: Self.inputs(["its image": 5, "the variable A": 2])) == "its image changed" + Self.when)
        let many = Self.inputs(["its image": 5, "the variable B": 1, "the variable C": 1, "the variable D": 1])
        let reason = reason({ $0.removeLast() }, inputs: many)
        let expected =
            "its artifact out/r is gone, and its image, the variable B, the variable C and 2 more changed" + Self.when
        #expect(reason == expected)
    }

    @Test func `too many files to name are still noticed`() {
        let record = SuccessRecord(
            date: 1_700_000_000,
            hasFailedSince: false,
            inputs: Self.record.inputs,
            files: Self.listing(nil)
        )
        let now = Self.listing(nil, sum: 9)
        #expect(ChangeReport.reason(record, record.inputs, now) == "its files changed" + Self.when)
        #expect(ChangeReport.reason(record, record.inputs, Self.listing(nil)) == nil)
    }

    @Test func `files that change while they are read are a reason`() {
        let doubtful = ContentListing(
            entries: Self.files,
            sum: Self.record.files.sum,
            outputSum: Self.record.files.outputSum,
            isStable: false
        )
        let reason = ChangeReport.reason(Self.record, Self.record.inputs, doubtful)
        #expect(reason == "its files change while they are read")
    }
}
