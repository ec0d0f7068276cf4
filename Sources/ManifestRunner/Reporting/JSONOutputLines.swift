internal import FoundationEssentials

/// The lines of one of the commands' streams as objects of the `json` output: there may be millions.
///
/// Each is what ``JSONLine`` makes of it, byte for byte.
struct JSONOutputLines {
    /// So much is given out at once: little enough to be still in a processor's own cache when it is written.
    private static let pieceBytes = 128 << 10
    /// A larger buffer, which only very long lines need, is not kept.
    private static let mostKeptBytes = 1 << 20

    private let extra: [(key: String, json: String)]
    private var assembler = LineAssembler()
    private var stage: String?
    private var seconds = 0
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    /// The first ``used`` bytes are the objects that have not been given out, a newline behind each.
    private var buffer: [UInt8] = []
    private var used = 0

    /// Creates the lines of a stream of that name; `extra` are further keys of each object.
    init(stream: String, extra: [(key: String, json: String)] = []) {
        self.extra = extra + [("stream", JSONLine.quote(stream))]
    }

    /// Sets the stage and the time of the lines that end from now on.
    mutating func begin(stage: String, at date: Date) {
        let seconds = Int(date.timeIntervalSince1970)
        guard stage != self.stage || seconds != self.seconds else { return }
        self.stage = stage
        self.seconds = seconds
        let object = JSONLine(level: "info", stage: stage, message: "", extra: extra).text(at: date)
        head = Array("{\"level\":\"info\",\"stage\":\(JSONLine.quote(stage)),\"message\":\"".utf8)
        tail = object.utf8.dropFirst(head.count) + [UInt8(ascii: "\n")]
    }

    /// Takes output in and gives out the objects of the lines that it completes; bytes that are no UTF-8 become U+FFFD.
    mutating func consume(_ bytes: RawSpan, emit: (RawSpan) -> Void) {
        var assembler = self.assembler
        // Two of one would be copied at the first change.
        self.assembler = LineAssembler()
        unsafe assembler.consume(bytes) { line in
            unsafe append(line)
            if used >= Self.pieceBytes { flush(emit) }
        }
        self.assembler = assembler
        flush(emit)
    }

    /// Gives out the last line when it did not end with a newline.
    mutating func finish(emit: (RawSpan) -> Void) {
        var assembler = self.assembler
        self.assembler = LineAssembler()
        unsafe assembler.finish { unsafe append($0) }
        flush(emit)
    }

    private mutating func flush(_ emit: (RawSpan) -> Void) {
        guard used > 0 else { return }
        unsafe emit(buffer.span.bytes.extracting(0..<used))
        used = 0
        if buffer.count > Self.mostKeptBytes { buffer = [] }
    }

    private mutating func append(_ line: UnsafeRawBufferPointer) {
        guard unsafe Self.isPlain(line) else { return unsafe appendEscaped(line) }
        let start = used
        reserve(head.count + line.count + tail.count)
        // Room for all three has just been made behind `start`.
        unsafe buffer.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            let place = unsafe base + start
            unsafe Self.copy(head, to: place)
            if let text = line.baseAddress {
                unsafe (place + head.count).copyMemory(from: text, byteCount: line.count)
            }
            unsafe Self.copy(tail, to: place + head.count + line.count)
        }
    }

    private mutating func appendEscaped(_ line: UnsafeRawBufferPointer) {
        var text = unsafe String(decoding: line, as: UTF8.self)
        var bytes = head
        text.withUTF8 { unsafe Self.escape(UnsafeRawBufferPointer($0), into: &bytes) }
        bytes += tail
        let start = used
        reserve(bytes.count)
        unsafe buffer.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe Self.copy(bytes, to: base + start)
        }
    }

    /// Makes room for so many bytes more, and counts them as used.
    private mutating func reserve(_ count: Int) {
        used += count
        guard used > buffer.count else { return }
        buffer += repeatElement(0, count: max(used, 2 * Self.pieceBytes) - buffer.count)
    }

    /// Copies all of an array to a place that has room for it.
    private static func copy(_ bytes: [UInt8], to place: UnsafeMutableRawPointer) {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe place.copyMemory(from: base, byteCount: bytes.count)
        }
    }

    /// Whether a line is the same in JSON: one test over all bytes, without a branch, which the compiler vectorizes.
    private static func isPlain(_ line: UnsafeRawBufferPointer) -> Bool {
        var others: UInt8 = 0
        for index in 0..<line.count {
            let byte = unsafe line[index]
            others |= (byte &- 0x20 >= 0x5F ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
        }
        return others == 0
    }

    private static func escape(_ text: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        var start = 0
        for index in 0..<text.count {
            // The index is below the count, and the table has an entry for every byte.
            let byte = unsafe text[index]
            guard isEscaped[Int(byte)] else { continue }
            unsafe bytes.append(contentsOf: text[start..<index])
            bytes += JSONLine.quote(String(Unicode.Scalar(byte))).utf8.dropFirst().dropLast()
            start = index + 1
        }
        unsafe bytes.append(contentsOf: text[start...])
    }

    private static let isEscaped: [Bool] = (0...255).map { byte in
        byte < 0x20 || byte == 0x7F || byte == 0x22 || byte == 0x5C
    }
}
