import Testing

@testable import CredentialInjector

struct PolicyPatternTests {
    @Test(arguments: [
        ("", "", true), ("", "a", false), ("*", "", true), ("*", "anything", true), ("?", "", false), ("?", "é", true),
        ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abcd", false), ("a*b*c", "aXbYbZc", true),
        ("repo:org/*:ref:refs/heads/main", "repo:org/app:ref:refs/heads/main", true),
        ("repo:org/*", "repo:Org/app", false), ("a??", "abc", true), ("a??", "ab", false), ("*a", "bab", false),
        ("**", "x", true), ("*?*", "", false),
    ])
    func `wildcards match as IAM has them`(pattern: String, text: String, matches: Bool) {
        #expect(PolicyPattern(pattern).matches(text) == matches)
    }

    @Test func `a hostile pattern takes no exponential time`() {
        let pattern = PolicyPattern(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
    }

    @Test(arguments: [
        ("arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a/b:c", true),
        ("arn:aws:iam::*", "arn:aws:iam::1:role/a", false),
        ("arn:*:iam::1:role/a", "arn:aws-cn:iam::1:role/a", true),
        ("arn:aws:iam::?:role/a", "arn:aws:iam::12:role/a", false),
    ])
    func `in an ARN wildcards do not reach across a colon`(pattern: String, text: String, matches: Bool) {
        #expect(PolicyPattern(pattern).matchesARN(text) == matches)
    }

    private func expand(_ text: String, isEnabled: Bool = true) -> PolicyPattern? {
        PolicyVariables(isEnabled: isEnabled) { ["key": "va*ue"][$0] }.expand(text)
    }

    @Test func `a variable's value is literal, and the text around it keeps its wildcards`() throws {
        let pattern = try #require(expand("a-${key}-*"))
        #expect(pattern.matches("a-va*ue-b"))
        #expect(!pattern.matches("a-value-b"))
        #expect(try #require(expand("${*}${?}${$}")).literalText == "*?$")
        #expect(try #require(expand("${*}")).matches("x") == false)
    }

    @Test func `a variable without a value takes its default, or matches nothing`() {
        #expect(expand("${other, 'x y'}")?.literalText == "x y")
        #expect(expand("${other}") == nil)
        #expect(expand("${other, x}") == nil)
        #expect(expand("a${key")?.literalText == "a${key")
    }

    @Test func `the old version of the language has no variables`() {
        #expect(expand("${key}", isEnabled: false)?.literalText == "${key}")
    }
}
