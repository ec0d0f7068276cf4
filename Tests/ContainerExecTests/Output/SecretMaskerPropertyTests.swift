import ProcessEnvironment
import TestSupport
import Testing

@testable import ContainerExec

/// The masker beside the plain reference, on texts that are made to be hard.
@Suite struct SecretMaskerPropertyTests {
    private static let key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    private static let long = Secret(String((0..<120).map { Character(UnicodeScalar(UInt8(65 + $0 * 7 % 26))) }))

    private static func masker(_ secrets: [Secret]) -> SecretMasker {
        var masker = SecretMasker()
        masker.add(secrets)
        return masker
    }

    private static func mask(_ text: [UInt8], cuts: [Int], _ new: SecretMasker, pausing: Bool = false) -> [UInt8] {
        var masker = new
        var result: [UInt8] = []
        let collect: (RawSpan) -> Void = { span in span.withUnsafeBytes { result += Array($0) } }
        var start = 0
        for cut in cuts + [text.count] {
            let part = Array(text[start..<cut])
            masker.consume(part.span.bytes, emit: collect)
            if pausing { masker.pause(emit: collect) }
            start = cut
        }
        masker.finish(emit: collect)
        return result
    }

    private static func clear(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { $0 != UInt8(ascii: "*") } }

    @Test func `every split point of every form gives the same, and shows nothing of it`() {
        let masker = Self.masker([Self.key])
        for form in SecretForms.all(of: Self.key) {
            let text = Array("<".utf8) + form + Array(">".utf8)
            for first in 0...text.count {
                let result = String(decoding: Self.mask(text, cuts: [first], masker), as: UTF8.self)
                #expect(result == "<***>", "\(String(decoding: form, as: UTF8.self)) cut at \(first)")
            }
            #expect(Self.clear(Self.mask(text, cuts: Array(1..<text.count), masker)) == Array("<>".utf8))
        }
    }

    @Test(arguments: ["\n", "\r\n"], [76, 64, 60, 48])
    func `a form that is broken into lines is found wherever it begins in a line`(lineEnd: String, width: Int) {
        for secret in [Self.key, Self.long] {
            let masker = Self.masker([secret])
            for form in SecretForms.all(of: secret) where form.count >= 32 && form.count > width / 2 {
                for column in 0..<width {
                    var text = [UInt8](repeating: UInt8(ascii: "_"), count: column)
                    for (index, byte) in form.enumerated() {
                        if index > 0, (column + index) % width == 0 { text += Array(lineEnd.utf8) }
                        text.append(byte)
                    }
                    let result = Self.mask(text, cuts: [text.count / 2], masker)
                    let shown = [UInt8](repeating: UInt8(ascii: "_"), count: column) + SecretMasker.mask
                    // A secret that begins at a line's start is masked line by line as well.
                    #expect(Self.clear(result).starts(with: shown.prefix(column)))
                    #expect(
                        !Self.clear(result).dropFirst(column).contains { $0 != 10 && $0 != 13 },
                        "\(String(decoding: result, as: UTF8.self))"
                    )
                }
            }
        }
    }

    @Test func `on hard texts it does what the reference does, however they are cut`() {
        var generator = SplitMix(seed: 11)
        let secrets = [
            Self.key, Self.long, Secret("abcabcabcd"), Secret("cdabcabcxyz"), Secret("one\ntwo long lines\n"),
        ]
        let forms = secrets.flatMap(SecretForms.all)
        let masker = Self.masker(secrets)
        let reference = MaskReference(forms: forms)
        for _ in 0..<60 {
            var text: [UInt8] = []
            for _ in 0..<6 {
                let form = forms[Int(generator.next() % UInt64(forms.count))]
                let start = Int(generator.next() % UInt64(form.count))
                switch generator.next() % 8 {
                case 0...3: text += form
                case 4: text += form[..<start]
                case 5: text += form[start...]
                case 6: text += form[..<start] + [10] + form[start...]
                default: text += form[..<start] + [13, 10] + form[start...]
                }
                if generator.next() % 2 == 0 { text.append([10, 13, 32, 97][Int(generator.next() % 4)]) }
            }
            let cuts = (0..<8).map { _ in Int(generator.next() % UInt64(text.count)) }.sorted()
            let expected = Self.clear(reference.clear(text))
            #expect(Self.clear(Self.mask(text, cuts: [], masker)) == expected)
            #expect(Self.clear(Self.mask(text, cuts: cuts, masker)) == expected, "\(text) \(cuts)")
        }
    }

    @Test func `a line of a secret's base64 alone is masked, although more of the secret could have followed it`() {
        let lines = Base64.encode(Self.long.bytes).utf8.prefix(76)
        #expect(Self.mask(Array(lines), cuts: [], Self.masker([Self.long])) == SecretMasker.mask)
        let short = [Secret("abcdefgh"), Secret("abcdefghijkl")]
        #expect(Self.mask(Array("abcdefghij".utf8), cuts: [4], Self.masker(short)) == Array("***ij".utf8))
    }

    @Test func `a pause shows a prompt that ends as a secret begins, and the rest of the secret is still masked`() {
        var masker = SecretMasker()
        masker.add([Self.key])
        var shown = ""
        let collect: (RawSpan) -> Void = { span in span.withUnsafeBytes { shown += String(decoding: $0, as: UTF8.self) }
        }
        func consume(_ text: String) {
            let bytes = Array(text.utf8)
            masker.consume(bytes.span.bytes, emit: collect)
        }
        consume("proceed? w")
        #expect(shown == "proceed? ")
        masker.pause(emit: collect)
        #expect(shown == "proceed? w")
        masker.pause(emit: collect)
        consume("JalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY!")
        #expect(shown == "proceed? w***!")
        shown = ""
        consume("wo")
        masker.pause(emit: collect)
        consume("w")
        masker.finish(emit: collect)
        #expect(shown == "wow")
    }

    @Test func `a pause shows no more than a quarter of a secret, nor more than seven bytes`() {
        for (secret, count) in [("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", 7), ("secretsecret", 3), ("12345678", 2)] {
            for length in 1..<secret.utf8.count {
                let text = Array(secret.utf8.prefix(length))
                var masker = SecretMasker()
                masker.add([Secret(secret)])
                var shown: [UInt8] = []
                let collect: (RawSpan) -> Void = { span in span.withUnsafeBytes { shown += Array($0) } }
                masker.consume(text.span.bytes, emit: collect)
                masker.pause(emit: collect)
                #expect(shown.count == (length <= count ? length : 0), "\(secret) \(length)")
            }
        }
    }

    @Test func `with pauses in between no secret shows, and nothing is lost or said twice`() {
        var generator = SplitMix(seed: 3)
        let secrets = [Self.key, Secret("abcabcabcd"), Secret("cdabcabcxyz")]
        let masker = Self.masker(secrets)
        let parts = [
            "abcabcabcd", "cdabcabcxyz", "abc", "ab", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "wJal", "\n",
        ]
        for _ in 0..<500 {
            let text = Array((0..<8).map { _ in parts[Int(generator.next() % UInt64(parts.count))] }.joined().utf8)
            let cuts = (0..<12).map { _ in Int(generator.next() % UInt64(text.count)) }.sorted()
            let result = String(decoding: Self.mask(text, cuts: cuts, masker, pausing: true), as: UTF8.self)
            for secret in secrets { #expect(!result.contains(secret.reveal())) }
            let plain = String(decoding: Self.mask(text, cuts: [], masker), as: UTF8.self)
            // A pause may show the first bytes of a secret; the text around it is the same.
            #expect(result.utf8.count <= plain.utf8.count + 8 * 7, "\(result) \(plain)")
            #expect(result.filter { $0 == "\n" }.count == plain.filter { $0 == "\n" }.count)
        }
    }

    @Test func `a gigabyte of lines that begin like secrets holds back no more than the longest form`() {
        var masker = SecretMasker()
        masker.add([Self.long])
        let text = Array(Self.long.reveal().utf8.dropLast())
        var (given, shown) = (0, 0)
        for _ in 0..<2_000 {
            masker.consume(text.span.bytes) { shown += $0.byteCount }
            given += text.count
            #expect(given - shown < 400)
        }
    }
}
