import ManifestModel
import ProcessEnvironment
import YAMLSource

/// The reader of dotenv files, as they are and with the expansion that `.env` gets.
@_cdecl("oktetorun_fuzz_dotenv")
public func fuzzDotEnv(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = FuzzInput(start, count).rest
    let source = SourceText(path: "fuzz.env", bytes: bytes)
    check(DotEnv.parse(source), of: bytes)
    let expander = VariableExpander(["HOME": "/home/fuzz", "EMPTY": ""])
    if let contents = try? DotEnv.parse(source, expanding: expander) { check(contents, of: nil) }
    return 0
}

private func check(_ contents: DotEnv.Contents, of bytes: [UInt8]?) {
    let entries = contents.variables.entries
    for entry in entries {
        guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { preconditionFailure("no NAME=value") }
        precondition(sign > 0 && !entry.contains(0), "a name that is none, or a NUL")
        precondition(entry.count - sign <= (128 << 10) + 1, "a value that no process can have")
    }
    for warning in contents.warnings {
        expectShowable(warning.message)
        guard let bytes else { continue }
        precondition(warning.line >= 1 && warning.line <= bytes.count { $0 == 0x0A } + 1, "a line that is not there")
    }
    guard let bytes else { return }
    precondition(entries.count + contents.warnings.count <= bytes.count { $0 == 0x0A } + 1)
}
