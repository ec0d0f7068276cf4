internal import ProcessEnvironment

/// Reads the INI files of the AWS tools: what botocore reads of them, and where it refuses them, with a place.
///
/// That is Python's `configparser`: a line that is indented more than the key above it continues its value, a key or a
/// section that is there twice is an error, `#` and `;` begin a comment only at the beginning of a line.
struct INIReader {
    /// A key whose value may still go on.
    private struct Open {
        let key: String
        let place: FilePlace
        let indentation: Int
        var first: String
        var lines: [INILine] = []
    }

    private let path: String
    private var sections: [INISection] = []
    private var open: Open?
    private var indentation = 0
    /// The lines of the headers, and of the keys of the last section, which are there already.
    private var headers: [String: Int] = [:]
    private var keys: [String: Int] = [:]

    /// Returns the sections of a file, in its order.
    ///
    /// - Throws: ``CredentialError`` of code `settings` that gives the place and the reason, and nothing of the line:
    ///   it may hold a key.
    static func read(_ bytes: [UInt8], path: String) throws(CredentialError) -> [INISection] {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw failure(invalidPlace(in: content, path), "the file is not UTF-8", nextStep: "save it as UTF-8")
        }
        var reader = INIReader(path: path)
        for (index, line) in lines(of: text).enumerated() {
            try reader.add(INILine(line, number: index + 1))
        }
        try reader.close()
        return reader.sections
    }

    private init(path: String) {
        self.path = path
    }

    private mutating func add(_ line: INILine) throws(CredentialError) {
        guard !line.isComment else { return }
        if line.text.isEmpty || (open != nil && line.indentation > indentation) {
            open?.lines.append(line)
            return
        }
        try close()
        indentation = line.indentation
        let place = FilePlace(path: path, line: line.number, column: line.indentation + 1)
        if let header = line.header {
            let name = DisplayText.clean(header, limit: 80)
            if let other = headers[header] {
                throw Self.failure(
                    place,
                    "the section [\(name)] is there twice, first in line \(other)",
                    nextStep: "put what they say into one"
                )
            }
            headers[header] = line.number
            keys = [:]
            sections.append(INISection(header: header, place: place, entries: []))
            return
        }
        guard !sections.isEmpty else {
            throw Self.failure(
                place,
                "there is no section before this line",
                nextStep: "begin the file with a section, as in [default]"
            )
        }
        guard let pair = line.pair else {
            throw Self.failure(place, "this line is neither KEY = VALUE nor a [section] nor a comment")
        }
        let key = pair.key.lowercased()
        if let other = keys[key] {
            throw Self.failure(
                place,
                "the key '\(DisplayText.clean(key, limit: 80))' is there twice in its section, first in line \(other)",
                nextStep: "remove one of them"
            )
        }
        keys[key] = line.number
        open = Open(key: key, place: place, indentation: indentation, first: pair.value)
    }

    /// Ends the value that is open, and puts it into its section.
    private mutating func close() throws(CredentialError) {
        guard let open, !sections.isEmpty else { return }
        self.open = nil
        let lines = open.lines.map { String($0.text) }
        let value = ([open.first] + lines).joined(separator: "\n")
        let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
        let entry = INIEntry(
            key: open.key,
            value: Secret(String(value[..<end])),
            nested: open.first.isEmpty ? try nested(open.lines) : [],
            place: open.place
        )
        sections[sections.count - 1].entries.append(entry)
    }

    private func nested(_ lines: [INILine]) throws(CredentialError) -> [INIEntry] {
        var result: [INIEntry] = []
        for line in lines where !line.text.isEmpty {
            let place = FilePlace(path: path, line: line.number, column: line.indentation + 1)
            guard let pair = line.nestedPair else {
                throw Self.failure(place, "this indented line is not KEY = VALUE")
            }
            // Below a key the last of two counts, as with botocore.
            result.removeAll { $0.key == pair.key }
            result.append(INIEntry(key: pair.key, value: Secret(pair.value), nested: [], place: place))
        }
        return result
    }

    /// Returns the lines, which end as Python's universal newlines do: with LF, CR LF or CR.
    private static func lines(of text: String) -> [Substring.UnicodeScalarView] {
        var result: [Substring.UnicodeScalarView] = []
        var rest = text.unicodeScalars[...]
        while let end = rest.firstIndex(where: { $0 == "\n" || $0 == "\r" }) {
            result.append(rest[..<end])
            let isPair = rest[end] == "\r" && rest[rest.index(after: end)...].first == "\n"
            rest = rest[rest.index(end, offsetBy: isPair ? 2 : 1)...]
        }
        result.append(rest)
        return result
    }

    /// Returns the place of the first byte that is no UTF-8.
    private static func invalidPlace(in bytes: ArraySlice<UInt8>, _ path: String) -> FilePlace {
        var line: [UInt8] = []
        var number = 1
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                guard String(validating: line, as: UTF8.self) != nil else { break }
                line = []
                number += 1
            } else {
                line.append(byte)
            }
        }
        // U+FFFD stands for what is wrong; a code point that is written so already is as good a place.
        let scalars = String(decoding: line, as: UTF8.self).unicodeScalars
        let column = scalars.firstIndex(of: "\u{FFFD}").map { scalars.distance(from: scalars.startIndex, to: $0) } ?? 0
        return FilePlace(path: path, line: number, column: column + 1)
    }

    private static func failure(_ place: FilePlace, _ what: String, nextStep: String? = nil) -> CredentialError {
        CredentialError(.settings, "\(place): \(what)", nextStep: nextStep)
    }
}
