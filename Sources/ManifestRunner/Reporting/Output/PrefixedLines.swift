#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Puts a prefix before each line of a stream of bytes.
struct PrefixedLines {
    /// A line is held until its end up to this size, and then given out in pieces.
    static let maximumLineBytes = 64 << 10

    let prefix: [UInt8]
    /// What makes lines fit for a terminal; nil where they go elsewhere, as they are.
    private var terminalLine: TerminalLine?
    /// The beginning of a line, or what follows the beginning that was given out.
    private var pending: [UInt8] = []
    /// Whether the beginning of the line has been given out.
    private(set) var isContinued = false

    init(prefix: String, isTerminal: Bool) {
        self.prefix = Array(prefix.utf8)
        terminalLine = isTerminal ? TerminalLine(prefix: self.prefix) : nil
    }

    /// Whether the beginning of a line waits to be given out.
    var hasPending: Bool { !pending.isEmpty }

    /// Takes bytes in and adds the lines that they complete, each behind a prefix; when the first of them is the rest of
    /// a line whose beginning was given out, ``isContinued`` has said so before.
    mutating func consume(_ bytes: UnsafeRawBufferPointer, into lines: inout [UInt8]) {
        guard let base = bytes.baseAddress else { return }
        let isPlain = unsafe isPlain(bytes)
        var start = 0
        while let newline = unsafe memchr(base + start, 0x0A, bytes.count - start) {
            let end = unsafe UnsafeRawPointer(newline) - base
            if isPlain, pending.isEmpty {
                lines.append(contentsOf: prefix)
                // Up to the newline that was found, which is within the bytes.
                unsafe lines.append(contentsOf: UnsafeRawBufferPointer(start: base + start, count: end + 1 - start))
            } else {
                unsafe pending.append(contentsOf: bytes[start..<end])
                give(pending[...], isLast: true, to: &lines)
                lines.append(0x0A)
                pending.removeAll(keepingCapacity: true)
            }
            isContinued = false
            start = end + 1
        }
        unsafe pending.append(contentsOf: bytes[start...])
        if pending.count >= Self.maximumLineBytes { giveUnfinished(into: &lines) }
    }

    /// Adds the beginning of the line that has no end yet, or what follows the beginning.
    mutating func giveUnfinished(into lines: inout [UInt8]) {
        let count = terminalLine == nil ? pending.count : TerminalLine.complete(pending)
        // Half a sequence of that size is none.
        let end = count == 0 && pending.count >= Self.maximumLineBytes ? pending.count : count
        guard end > 0 else { return }
        give(pending[..<end], isLast: false, to: &lines)
        pending.removeFirst(end)
        isContinued = true
    }

    /// The line that has no end yet is over.
    mutating func endLine(into lines: inout [UInt8]) {
        if !pending.isEmpty { give(pending[...], isLast: true, to: &lines) }
        pending.removeAll(keepingCapacity: true)
    }

    /// Nothing of the next line has been given out.
    mutating func beginLine() {
        isContinued = false
    }

    private mutating func give(_ line: ArraySlice<UInt8>, isLast: Bool, to lines: inout [UInt8]) {
        lines += prefix
        guard terminalLine != nil else { return lines.append(contentsOf: line) }
        terminalLine?.append(line, isLast: isLast, to: &lines)
    }

    /// Whether lines of these bytes are given out as they are.
    private func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let terminalLine else { return true }
        return unsafe !terminalLine.isColoured && !TerminalLine.isSuspect(bytes)
    }
}
