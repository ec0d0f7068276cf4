/// Cuts a dotenv text into its variables, one at a time.
struct DotEnvReader {
    private var rest: Substring
    private var line = 1
    private var seen: [String: String] = [:]

    init(_ text: String) {
        // One kind of newline makes the rest simple.
        rest = text.replacing("\r\n", with: "\n")[...]
    }

    /// Returns the next variable or problem, or nil at the end.
    mutating func next() -> Result<(name: String, value: String), DotEnv.Problem>? {
        skipBlank()
        guard !rest.isEmpty else { return nil }
        let start = line
        let key = rest.prefix { $0 != "=" && $0 != ":" && $0 != "\n" }
        guard key.endIndex < rest.endIndex, rest[key.endIndex] != "\n" else {
            skipLine()
            return .failure(DotEnv.Problem(line: start, message: "it has no '=' and so no value"))
        }
        var name = key.drop { $0 == " " || $0 == "\t" }
        if name.hasPrefix("export ") || name.hasPrefix("export\t") { name = name.dropFirst("export ".count) }
        let trimmed = name.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard trimmed.count == 1, let word = trimmed.first, word.allSatisfy(Self.isKeyCharacter) else {
            skipLine()
            return .failure(
                DotEnv.Problem(line: start, message: "the name before '=' is not made of letters, digits and '_'")
            )
        }
        rest = rest[rest.index(after: key.endIndex)...].drop { $0 == " " || $0 == "\t" }
        guard let value = value() else {
            skipLine()
            return .failure(DotEnv.Problem(line: start, message: "its quoted value does not end"))
        }
        seen[String(word)] = value
        return .success((String(word), value))
    }

    private mutating func value() -> String? {
        switch rest.first {
        case "'":
            guard let close = rest.dropFirst().firstIndex(of: "'") else { return nil }
            defer { skip(to: rest.index(after: close)) }
            return String(rest[rest.index(after: rest.startIndex)..<close])
        case "\"":
            return doubleQuoted()
        default:
            let text = rest.prefix { $0 != "\n" }
            rest = rest[text.endIndex...]
            var value = text
            while value.last?.isWhitespace ?? false { value.removeLast() }
            return expand(String(value))
        }
    }

    private mutating func doubleQuoted() -> String? {
        var text = ""
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex, rest[index] != "\"" {
            if rest[index] == "\\", rest.index(after: index) < rest.endIndex {
                index = rest.index(after: index)
                switch rest[index] {
                case "n": text += "\n"
                case "r": text += "\r"
                case "$": text += "\\$"
                default: text.append(rest[index])
                }
            } else {
                text.append(rest[index])
            }
            index = rest.index(after: index)
        }
        guard index < rest.endIndex else { return nil }
        skip(to: rest.index(after: index))
        return expand(text)
    }

    /// Replaces `$NAME` and `${NAME}`, in capitals, by earlier variables of the same text; `\$` is a dollar sign.
    private func expand(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("\\$") {
                result += "$"
                rest = rest.dropFirst(2)
            } else if character == "$" {
                let braced = rest.hasPrefix("${")
                let name = rest.dropFirst(braced ? 2 : 1).prefix(while: Self.isReferenceCharacter)
                guard !name.isEmpty else {
                    result += "$"
                    rest = rest.dropFirst()
                    continue
                }
                result += seen[String(name)] ?? ""
                rest = rest[name.endIndex...]
                if braced, rest.first == "}" { rest = rest.dropFirst() }
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    private mutating func skipBlank() {
        while let character = rest.first {
            if character == "#" {
                rest = rest.drop { $0 != "\n" }
            } else if character == "\n" {
                line += 1
                rest = rest.dropFirst()
            } else if character.isWhitespace {
                rest = rest.dropFirst()
            } else {
                return
            }
        }
    }

    private mutating func skip(to index: Substring.Index) {
        line += rest[..<index].count { $0 == "\n" }
        rest = rest[index...]
    }

    private mutating func skipLine() {
        rest = rest.drop { $0 != "\n" }
    }

    private static func isKeyCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func isReferenceCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isUppercase || character.isNumber || character == "_")
    }
}
