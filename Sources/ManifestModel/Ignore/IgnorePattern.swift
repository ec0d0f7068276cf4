/// One pattern of an ignore file, in the language of `.dockerignore` (https://docs.docker.com/build/concepts/context/).
struct IgnorePattern: Sendable, Hashable {
    /// One part between slashes.
    fileprivate enum Part: Sendable, Hashable {
        /// `**`: any number of folders.
        case anyFolders
        case name([Token])
    }

    fileprivate enum Token: Sendable, Hashable {
        case literal(UInt8)
        case any
        case anySequence
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }

    /// Whether it takes back what an earlier pattern excluded.
    let isException: Bool
    private let parts: [Part]

    /// Creates a pattern from a line; nil for an empty line, a comment, or `.`.
    init?(_ line: String) {
        var text = line.drop(while: \.isWhitespace)
        while text.last?.isWhitespace ?? false { text.removeLast() }
        guard !text.isEmpty, text.first != "#" else { return nil }
        isException = text.first == "!"
        if isException { text = text.dropFirst().drop(while: \.isWhitespace) }
        var parts: [Part] = []
        for part in text.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else if part == "**" {
                if parts.last != .anyFolders { parts.append(.anyFolders) }
            } else {
                parts.append(.name(Self.tokens(Array(part.utf8))))
            }
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }

    /// Whether the pattern matches a path, given as its parts, or a folder above it.
    func matches(_ path: [[UInt8]]) -> Bool {
        // One row of the usual table: reached[j] says that the parts so far can match the first j parts of the path.
        var reached = [Bool](repeating: false, count: path.count + 1)
        reached[0] = true
        for part in parts {
            var next = [Bool](repeating: false, count: path.count + 1)
            switch part {
            case .anyFolders:
                var isOpen = false
                for j in 0...path.count {
                    isOpen = isOpen || reached[j]
                    next[j] = isOpen
                }
            case .name(let tokens):
                for j in 0..<path.count where reached[j] { next[j + 1] = Self.matches(tokens, path[j]) }
            }
            reached = next
        }
        // A match of a folder above excludes what is in it; `**` at the end needs something below.
        return reached.dropFirst().contains(true)
    }

    private static func tokens(_ bytes: [UInt8]) -> [Token] {
        var result: [Token] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "*"):
                if result.last != .anySequence { result.append(.anySequence) }
            case UInt8(ascii: "?"):
                result.append(.any)
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                index += 1
                result.append(.literal(bytes[index]))
            case UInt8(ascii: "["):
                if let (token, end) = set(bytes, from: index + 1) {
                    result.append(token)
                    index = end
                } else {
                    result.append(.literal(bytes[index]))
                }
            default:
                result.append(.literal(bytes[index]))
            }
            index += 1
        }
        return result
    }

    private static func set(_ bytes: [UInt8], from start: Int) -> (Token, end: Int)? {
        var index = start
        let isNegated = index < bytes.count && bytes[index] == UInt8(ascii: "^")
        if isNegated { index += 1 }
        var ranges: [ClosedRange<UInt8>] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") || ranges.isEmpty {
            if bytes[index] == UInt8(ascii: "\\") { index += 1 }
            guard index < bytes.count else { return nil }
            let low = bytes[index]
            if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] != UInt8(ascii: "]") {
                guard low <= bytes[index + 2] else { return nil }
                ranges.append(low...bytes[index + 2])
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        guard index < bytes.count else { return nil }
        return (.set(ranges, isNegated: isNegated), index)
    }

    /// Matches one name; the table again, so that `*a*a*a*b` takes linear time for each token.
    private static func matches(_ tokens: [Token], _ name: [UInt8]) -> Bool {
        var reached = [Bool](repeating: false, count: name.count + 1)
        reached[0] = true
        for token in tokens {
            var next = [Bool](repeating: false, count: name.count + 1)
            var isOpen = false
            for j in 0...name.count {
                if token == .anySequence {
                    isOpen = isOpen || reached[j]
                    next[j] = isOpen
                } else if j < name.count, reached[j] {
                    next[j + 1] = token.matches(name[j])
                }
            }
            reached = next
        }
        return reached[name.count]
    }
}

extension IgnorePattern.Token {
    fileprivate func matches(_ byte: UInt8) -> Bool {
        switch self {
        case .literal(let literal): literal == byte
        case .any, .anySequence: true
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }
}
