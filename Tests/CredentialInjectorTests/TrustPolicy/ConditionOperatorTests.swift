import Testing

@testable import CredentialInjector

struct ConditionOperatorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let actual: [String]?
        let expected: [String]
        let holds: Bool

        init(_ name: String, _ actual: [String]?, _ expected: [String], _ holds: Bool) {
            self.name = name
            self.actual = actual
            self.expected = expected
            self.holds = holds
        }

        var testDescription: String { "\(name) \(actual ?? ["-"]) \(expected)" }
    }

    static let cases = [
        Case("StringEquals", ["a"], ["b", "a"], true), Case("StringEquals", ["A"], ["a"], false),
        Case("StringEquals", ["a"], ["*"], false), Case("StringEquals", nil, ["a"], false),
        Case("StringEquals", ["a", "b"], ["b"], true), Case("StringEquals", ["e\u{301}"], ["é"], false),
        Case("stringequals", ["a"], ["a"], true), Case("StringEqualsIfExists", nil, ["a"], true),
        Case("StringEqualsIfExists", ["b"], ["a"], false),
        Case("StringEqualsIgnoreCase", ["A"], ["a"], true), Case("StringNotEqualsIgnoreCase", ["A"], ["a"], false),
        Case("StringNotEquals", ["a"], ["b", "c"], true), Case("StringNotEquals", ["a"], ["a", "b"], false),
        Case("StringNotEquals", nil, ["a"], true), Case("StringNotEquals", ["a", "b"], ["b"], false),
        Case("StringLike", ["repo:o/r:x"], ["repo:o/*"], true), Case("StringLike", ["x"], ["X"], false),
        Case("StringNotLike", ["repo:o/r"], ["repo:o/*"], false), Case("StringNotLike", nil, ["*"], true),
        Case("ForAnyValue:StringEquals", ["a", "b"], ["b"], true),
        Case("ForAnyValue:StringEquals", ["a"], ["b"], false), Case("ForAnyValue:StringEquals", nil, ["b"], false),
        Case("ForAnyValue:StringNotEquals", nil, ["b"], false),
        Case("ForAnyValue:StringNotEquals", ["a", "b"], ["b"], true),
        Case("ForAnyValue:StringLike", ["a1"], ["a?"], true),
        Case("ForAllValues:StringEquals", ["a", "b"], ["b", "a", "c"], true),
        Case("ForAllValues:StringEquals", ["a", "d"], ["a"], false),
        Case("ForAllValues:StringEquals", nil, ["a"], true), Case("ForAllValues:StringEquals", [], ["a"], true),
        Case("ForAllValues:StringNotEquals", ["a"], ["a"], false),
        Case("Null", nil, ["true"], true), Case("Null", ["x"], ["true"], false), Case("Null", ["x"], ["false"], true),
        Case("Bool", ["true"], ["True"], true), Case("Bool", ["true"], ["false"], false),
        Case("BoolIfExists", nil, ["true"], true),
        Case("NumericEquals", ["1"], ["1.0"], true), Case("NumericNotEquals", ["1"], ["1"], false),
        Case("NumericLessThan", ["1"], ["2"], true), Case("NumericLessThanEquals", ["2"], ["2"], true),
        Case("NumericGreaterThan", ["1"], ["2"], false), Case("NumericGreaterThanEquals", ["x"], ["2"], false),
        Case("DateGreaterThan", ["2026-01-02T00:00:00Z"], ["2026-01-01"], true),
        Case("DateLessThan", ["1700000000"], ["2023-11-14T22:13:21Z"], true),
        Case("DateLessThanEquals", ["soon"], ["2026-01-01"], false), Case("DateNotEquals", ["1"], ["2"], true),
        Case("BinaryEquals", ["YQ=="], ["YQ=="], true),
        Case("ArnLike", ["arn:aws:iam::1:role/x"], ["arn:aws:iam::*:role/*"], true),
        Case("ArnEquals", ["arn:aws:iam::1:role/x"], ["arn:aws:iam::*:role/*"], true),
        Case("ArnNotLike", ["arn:aws:iam::1:role/x"], ["arn:aws:iam::2:*"], true),
        Case("ArnNotEquals", nil, ["a"], true),
        Case("IpAddress", nil, ["10.0.0.0/8"], false), Case("NotIpAddress", nil, ["10.0.0.0/8"], true),
    ]

    @Test(arguments: cases)
    func `a condition holds as IAM has it`(_ entry: Case) throws {
        let comparison = try #require(ConditionOperator(entry.name))
        #expect(comparison.holds(for: entry.actual, expecting: entry.expected.map { PolicyPattern($0) }) == entry.holds)
    }

    @Test(arguments: ["StringEqual", "ForSomeValues:StringEquals", "NullIfExists", "", "IfExists", "NumericLike"])
    func `an operator that IAM has not is none`(_ name: String) {
        #expect(ConditionOperator(name) == nil)
    }
}
