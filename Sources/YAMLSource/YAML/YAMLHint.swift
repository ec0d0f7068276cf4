/// What to do about the errors of libyaml that users meet most.
enum YAMLHint {
    /// Returns the advice for a problem in libyaml's words, or nil when there is none.
    static func help(for problem: String, in source: SourceText, at mark: SourceMark) -> String? {
        switch problem {
        case "mapping values are not allowed in this context":
            return "put the value in quotes if it contains ': ', or check the indentation of this line"
        case "found character that cannot start any token":
            return startHelp(source, mark)
        case "did not find expected key", "did not find expected '-' indicator":
            return "check that this line is indented like its neighbours, and that quotes are closed"
        case "could not find expected ':'":
            return "a key ends with ': '; a text over several lines needs '|' after its key"
        case "found undefined tag handle", "found undefined escape character", "found unknown escape character":
            return "put the text in single quotes to take it as it is"
        case "found unexpected end of stream":
            return "a quote is not closed"
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            return "close the bracket, or put the text in quotes if it begins with one"
        default:
            return nil
        }
    }

    private static func startHelp(_ source: SourceText, _ mark: SourceMark) -> String {
        let line = source.line(mark.line).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if line.unicodeScalars.dropFirst(mark.column - 1).first == "\t" {
            return "YAML is indented with spaces, never with tabs"
        }
        return "put a text that begins with this character in quotes"
    }
}
