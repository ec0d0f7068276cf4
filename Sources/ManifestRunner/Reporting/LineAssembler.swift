#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Cuts a stream of bytes into lines, for outputs that are made of lines.
struct LineAssembler {
    /// A line longer than this is given out in pieces, so that a command cannot fill the memory.
    static let maximumLineBytes = 1 << 20

    private var pending: [UInt8] = []

    /// Takes bytes in and hands on the lines that they complete, without their newlines.
    mutating func consume(_ bytes: RawSpan, line: (UnsafeRawBufferPointer) -> Void) {
        unsafe bytes.withUnsafeBytes { text in
            var start = 0
            while start < text.count, let base = text.baseAddress {
                let newline = unsafe memchr(base + start, 0x0A, text.count - start)
                let end = unsafe newline.map { unsafe UnsafeRawPointer($0) - base } ?? text.count
                let room = Self.maximumLineBytes - pending.count
                let isCut = end - start >= room
                let next = isCut ? start + room : end
                let part = unsafe UnsafeRawBufferPointer(rebasing: text[start..<next])
                if !isCut, end == text.count {
                    unsafe pending.append(contentsOf: part)
                    return
                }
                if pending.isEmpty {
                    unsafe Self.give(part, line)
                } else {
                    unsafe pending.append(contentsOf: part)
                    unsafe pending.withUnsafeBytes { unsafe Self.give($0, line) }
                    pending.removeAll(keepingCapacity: true)
                }
                // A newline right after a line that was cut is the next line's, as it came.
                start = isCut ? next : end + 1
            }
        }
    }

    /// Hands on the last line when it did not end with a newline.
    mutating func finish(line: (UnsafeRawBufferPointer) -> Void) {
        guard !pending.isEmpty else { return }
        unsafe pending.withUnsafeBytes { unsafe Self.give($0, line) }
        pending.removeAll(keepingCapacity: true)
    }

    private static func give(_ bytes: UnsafeRawBufferPointer, _ line: (UnsafeRawBufferPointer) -> Void) {
        let end = unsafe bytes.last == UInt8(ascii: "\r") ? bytes.count - 1 : bytes.count
        unsafe line(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    }
}
