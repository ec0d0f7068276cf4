import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite struct SecretFormsTests {
    /// What programs print for the text `p/+a'ß"s\<&> $w=é` and a few others, made by the programs that the comments name.
    @Test(arguments: [
        // jq, JSON.stringify; PHP; Python; Go.
        (#"a"b\c/d é<&"#, #"a\"b\\c/d é<&"#), (#"a"b\c/d é<&"#, #"a\"b\\c\/d é<&"#),
        (#"a"b\c/d é<&"#, #"a\"b\\c/d \u00e9<&"#), (#"a"b\c/d é<&"#, #"a\"b\\c/d é\u003c\u0026"#),
        ("tab\tand😀line\nend", #"tab\tand\ud83d\ude00line\nend"#), ("bell\u{07}and more", #"bell\u0007and more"#),
        // XML as libxml2, Java, Go and a service with a plus sign write it.
        (#"a<b>&"c'd+e"#, #"a&lt;b&gt;&amp;"c'd+e"#), (#"a<b>&"c'd+e"#, #"a&lt;b&gt;&amp;&quot;c&apos;d+e"#),
        (#"a<b>&"c'd+e"#, #"a&lt;b&gt;&amp;&#34;c&#39;d+e"#), (#"a<b>&"c+d="#, #"a&lt;b&gt;&amp;&quot;c&#43;d="#),
        // sh's own quoting, Python's shlex.quote, printf %q, export -p.
        ("it's a secret", #"it'\''s a secret"#), ("it's a secret", #"it'"'"'s a secret"#),
        ("it's a secret", #"it\'s\ a\ secret"#), (#"pa$s`w"o\rd"#, #"pa\$s\`w\"o\\rd"#),
        // encodeURIComponent, Python's quote and quote_plus, Java's URLEncoder, Go's PathEscape, upper and lower.
        ("a/b+c=d e!f*g", "a%2Fb%2Bc%3Dd%20e!f*g"), ("a/b+c=d e!f*g", "a/b%2Bc%3Dd%20e%21f%2Ag"),
        ("a/b+c=d e!f*g", "a%2Fb%2Bc%3Dd+e%21f%2Ag"), ("a/b+c=d e!f*g", "a%2Fb%2Bc%3Dd+e%21f*g"),
        ("a/b+c=d e!f*g", "a%2Fb+c=d%20e%21f%2Ag"), ("a/b+c=d e!f*g", "a%2fb%2bc%3dd%20e%21f%2ag"),
        // Lines, each alone and with CR LF.
        ("first line\nsecond line", "second line"), ("first line\nsecond line", "first line\r\nsecond line"),
        ("first line\r\nsecond line", "first line"), ("a newline behind\n", "a newline behind"),
    ])
    func `a secret is known as programs print it`(secret: String, printed: String) {
        #expect(SecretForms.all(of: Secret(secret)).contains(Array(printed.utf8)), "\(printed)")
    }

    @Test func `bytes that are no text have the forms that need none`() {
        let secret = Secret(bytes: (0..<16).map { 0xF0 | $0 })
        let forms = SecretForms.all(of: secret)
        #expect(forms.contains(secret.bytes))
        #expect(forms.contains(Array("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff".utf8)))
        #expect(forms.contains(Array("%F0%F1%F2%F3%F4%F5%F6%F7%F8%F9%FA%FB%FC%FD%FE%FF".utf8)))
    }

    @Test func `each form is there once, and none is short`() {
        for secret in ["wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "short", "a\nb\nc\n", ""] {
            let forms = SecretForms.all(of: Secret(secret))
            #expect(Set(forms).count == forms.count)
            #expect(forms.allSatisfy { $0.count >= SecretForms.minimumLength })
        }
    }
}
