import ManifestModel
import YAMLSource

/// Ignore files: the text up to a NUL byte, and paths between further ones.
@_cdecl("oktetorun_fuzz_ignore")
public func fuzzIgnore(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let text = input.until(0, most: 4096)
    let file = IgnoreFile(SourceText(path: ".oktetoignore", bytes: text))
    for finding in file.diagnostics { expectShowable(finding.message) }
    let rules = [file.rules(for: .deploy), file.rules(for: .destroy), file.rules(forTest: "unit")]
    let matchers = rules.map(IgnoreMatcher.init)
    while !input.isEmpty {
        let path = PathText.clean(String(decoding: input.until(0, most: 256), as: UTF8.self))
        guard path != ".", !path.hasPrefix("/") else { continue }
        for (rules, matcher) in zip(rules, matchers) {
            // What a matcher remembers of the paths before changes nothing.
            let isExcluded = rules.excludes(path, isDirectory: false)
            precondition(matcher.excludes(path) == isExcluded, "a path that depends on those before")
            guard !isExcluded, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
            // A walker that does not enter a folder must not miss what is included in it.
            let folder = String(path[..<slash])
            precondition(rules.mayContainIncluded(under: folder), "an included path in a folder that is not entered")
        }
    }
    return 0
}
