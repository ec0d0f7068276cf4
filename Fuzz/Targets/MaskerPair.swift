import ContainerExec
import ProcessEnvironment
import TestSupport

/// A masker, and what it is compared with.
struct MaskerPair {
    let masker: SecretMasker
    let reference: MaskReference
    let forms: [[[UInt8]]]

    init(_ secrets: [[UInt8]]) {
        var masker = SecretMasker()
        masker.add(secrets.map { Secret(bytes: $0) })
        self.masker = masker
        forms = secrets.map { SecretForms.all(of: Secret(bytes: $0)) }
        reference = MaskReference(forms: forms.flatMap { $0 })
    }

    /// Made once: of these most time would go into it.
    static let known = [
        ["wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "abcabcabcd"], ["aaaaaaaab", "cdabcabcxyz"],
        ["one \"quoted\" line\nand another one\n", "it's $ecret \\ <&>"],
        ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""],
        ["abababababababababababababababababab", "babababababababababababababababababa"],
        ["12345678", "1234567890123456789012345678901234567890"],
        ["\r\n\r\n\r\n\r\n\r\n", "\u{FF}\u{0}\u{1}binary\u{2}\u{3}"],
        [String(repeating: "eyJhbGciOiJSUzI1NiJ9", count: 8), "/+/+/+/+/+/+/+/+"],
    ].map { secrets in MaskerPair(secrets.map { Array($0.utf8) }) }

    /// A text for it: in the input the byte 1 stands for the first secret's form of which the next byte is the number, and
    /// 2 for the second's; one more byte says whether it is broken into lines.
    func text(from input: inout FuzzInput) -> [UInt8] {
        var text: [UInt8] = []
        while !input.isEmpty, text.count < 256 {
            let byte = input.next()
            guard byte == 1 || byte == 2, !forms[Int(byte) - 1].isEmpty else {
                text.append(byte)
                continue
            }
            let candidates = forms[Int(byte) - 1]
            var form = candidates[Int(input.next()) % candidates.count]
            // As programs that make lines do: every so many bytes, wherever the form begins.
            let width = Int(input.next())
            if width > 200 {
                form = broken(form, first: Int(input.next()), width: width - 200, withReturn: width % 2 == 0)
            }
            text += form
        }
        return text
    }

    /// Fails unless the same bytes of the text stay clear as in the reference, however it is cut and pauses in between.
    func expectSame(_ text: [UInt8], cuts: [Int]) {
        let reference = self.reference.masked(in: text)
        let clear = zip(text, reference).filter { !$0.1 && $0.0 != UInt8(ascii: "*") }.map(\.0)
        let whole = run(masker, text, cuts: [], pausing: false)
        precondition(whole.filter { $0 != UInt8(ascii: "*") } == clear, "whole")
        precondition(reference.contains(true) || whole == text, "nothing was to be masked")
        let cut = run(masker, text, cuts: cuts, pausing: false)
        precondition(cut.filter { $0 != UInt8(ascii: "*") } == clear, "cut")
        // A pause may show a quarter of a secret, at most seven bytes, before each replacement; nothing gets lost.
        let paused = run(masker, text, cuts: cuts, pausing: true).filter { $0 != UInt8(ascii: "*") }
        precondition(paused.count >= clear.count && paused.count <= clear.count + cuts.count * 11, "paused")
    }
}

private func broken(_ form: [UInt8], first: Int, width: Int, withReturn: Bool) -> [UInt8] {
    form.enumerated().flatMap { index, byte -> [UInt8] in
        index > 0 && (index + first) % width == 0 ? (withReturn ? [13, 10] : [10]) + [byte] : [byte]
    }
}

private func run(_ new: SecretMasker, _ text: [UInt8], cuts: [Int], pausing: Bool) -> [UInt8] {
    var masker = new
    var result: [UInt8] = []
    let collect: (RawSpan) -> Void = { span in span.withUnsafeBytes { result += Array($0) } }
    var start = 0
    for length in cuts + [text.count] {
        let part = Array(text[start..<min(text.count, start + length)])
        start += part.count
        masker.consume(part.span.bytes, emit: collect)
        if pausing { masker.pause(emit: collect) }
    }
    masker.finish(emit: collect)
    return result
}
