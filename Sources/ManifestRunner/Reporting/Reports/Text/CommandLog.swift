internal import ContainerExec

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What a command printed, in lines of its two streams, in the order in which they were complete.
struct CommandLog {
    /// How far into the end that was kept a line is looked for that is whole.
    private static let brokenLineBytes = 4 << 10

    private(set) var entries: [LogEntry] = []
    private let masker: SecretMasker
    private var pending: [[UInt8]] = [[], []]
    private var readers = [StyledLineReader(), StyledLineReader()]

    /// Reads an excerpt; `masker` masks what becomes whole by taking escape sequences out.
    init(_ excerpt: OutputExcerpt, masker: SecretMasker) {
        self.masker = masker
        for piece in excerpt.head { take(piece.bytes[...], piece.target) }
        guard excerpt.omittedBytes > 0 else {
            for piece in excerpt.tail { take(piece.bytes[...], piece.target) }
            finish()
            return
        }
        finish()
        var isFirst = true
        for piece in excerpt.tail {
            guard isFirst else {
                take(piece.bytes[...], piece.target)
                continue
            }
            isFirst = false
            // What is before the first newline is the end of a line whose beginning is gone.
            let broken = piece.bytes.prefix(Self.brokenLineBytes).firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
            entries.append(.gap(excerpt.omittedBytes + Int64(broken)))
            take(piece.bytes[broken...], piece.target)
        }
        finish()
    }

    /// What stands for what is left out.
    static func words(forGap bytes: Int64) -> String { "[… \(ByteCount.text(bytes)) left out …]" }

    /// The lines of the end, at most `count`, as text.
    func lastLines(_ count: Int) -> [String] {
        entries.suffix(count).map { entry in
            if case .gap(let bytes) = entry { return Self.words(forGap: bytes) }
            return String(decoding: entry.bytes, as: UTF8.self)
        }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, _ target: OutputWriter.Target) {
        let stream = target.rawValue
        var rest = bytes
        while let newline = Self.newline(in: rest) {
            if pending[stream].isEmpty {
                append(rest[..<newline], target)
            } else {
                pending[stream] += rest[..<newline]
                let line = pending[stream]
                pending[stream] = []
                append(line[...], target)
            }
            rest = rest[(newline + 1)...]
        }
        pending[stream] += rest
    }

    private static func newline(in bytes: ArraySlice<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = unsafe memchr(base, 0x0A, buffer.count) else { return nil }
            return unsafe bytes.startIndex + (UnsafeRawPointer(found) - base)
        }
    }

    /// Takes what has no newline at its end for lines too.
    private mutating func finish() {
        for target in OutputWriter.Target.allCases where !pending[target.rawValue].isEmpty {
            let line = pending[target.rawValue]
            pending[target.rawValue] = []
            append(line[...], target)
        }
    }

    private mutating func append(_ line: ArraySlice<UInt8>, _ target: OutputWriter.Target) {
        guard let runs = readers[target.rawValue].read(line) else { return entries.append(.plain(target, line)) }
        let entry = LogEntry.styled(target, runs)
        let text = String(decoding: entry.bytes, as: UTF8.self)
        let masked = masker.masked(text)
        entries.append(masked == text ? entry : .plain(target, Array(masked.utf8)[...]))
    }
}
