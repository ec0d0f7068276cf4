import ManifestModel
import ProcessEnvironment

/// The expansion of variables: the text, against one rule after the other that its result must keep.
@_cdecl("oktetorun_fuzz_expansion")
public func fuzzExpansion(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: FuzzInput(start, count).rest, as: UTF8.self)
    let expander = VariableExpander(["A": "value", "EMPTY": "", "B": "$A"])
    guard let result = try? expander.expand(text) else {
        precondition(hasOpening(text), "a text that cannot be expanded, and has no '${'")
        precondition((try? expander.expandIfNotEmpty(text)) == nil, "two flavours that differ in their errors")
        return 0
    }
    if !text.utf8.contains(UInt8(ascii: "$")) { precondition(result == text, "a text without variables that changed") }
    let kept = (try? expander.expandIfNotEmpty(text)) ?? ""
    precondition(kept == (result.isEmpty ? text : result), "the other flavour is another text")
    // With every '$' doubled nothing is a variable.
    let doubled = String(decoding: text.utf8.flatMap { $0 == UInt8(ascii: "$") ? [$0, $0] : [$0] }, as: UTF8.self)
    precondition((try? expander.expand(doubled)) == text, "a text that '$$' does not keep")
    return 0
}

/// By bytes, because a sign and a mark that combines with it are one character.
private func hasOpening(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "{") }
}
