/// A tar archive made by hand, so that it can say what no honest program writes (POSIX ustar).
struct TarBytes {
    private(set) var bytes: [UInt8] = []

    mutating func file(_ name: String, _ text: String = "", mode: Int = 0o644) {
        entry(name, "0", mode: mode, contents: Array(text.utf8))
    }

    mutating func folder(_ name: String, mode: Int = 0o755) {
        entry(name, "5", mode: mode)
    }

    mutating func link(_ name: String, to target: String) {
        entry(name, "2", mode: 0o777, linkName: target)
    }

    mutating func hardLink(_ name: String, to target: String) {
        entry(name, "1", mode: 0o644, linkName: target)
    }

    /// `kind` is the type flag: 3 and 4 are devices, 6 is a pipe.
    mutating func entry(_ name: String, _ kind: String, mode: Int, linkName: String = "", contents: [UInt8] = []) {
        var head = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at index: Int) {
            head.replaceSubrange(index..<index + text.utf8.count, with: text.utf8)
        }
        func octal(_ number: Int, _ width: Int) -> String {
            let digits = String(number, radix: 8)
            return String(repeating: "0", count: width - digits.count) + digits
        }
        put(name, at: 0)
        put(octal(mode, 7), at: 100)
        put(octal(12_345, 7), at: 108)
        put(octal(12_345, 7), at: 116)
        put(octal(contents.count, 11), at: 124)
        put(octal(1_600_000_000, 11), at: 136)
        put("        ", at: 148)
        put(kind, at: 156)
        put(linkName, at: 157)
        put("ustar\u{0}00", at: 257)
        put(octal(head.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
        bytes += head + contents + [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
    }

    /// The archive with its end mark.
    var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1_024) }
}
