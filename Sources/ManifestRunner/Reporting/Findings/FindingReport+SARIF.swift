internal import ArgumentParser
internal import CredentialInjector
internal import YAMLSource

extension FindingReport {
    /// The report in SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
    var sarif: JSONValue {
        .object([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .string("2.1.0"),
            "runs": .array([run]),
        ])
    }

    private var run: JSONValue {
        let rules = Diagnostic.Rule.allCases.map { rule in
            JSONValue.object([
                "id": .string(rule.rawValue), "shortDescription": Self.text(rule.summary),
            ])
        }
        let driver = JSONValue.object([
            "name": .string("okteto-run"),
            "version": .string(OktetoRun.configuration.version),
            "rules": .array(rules),
        ])
        let notice = failure.map { failure in
            JSONValue.array([.object(["level": .string("error"), "message": Self.text(failure)])])
        }
        return .object([
            "tool": .object(["driver": driver]),
            "columnKind": .string("unicodeCodePoints"),
            "invocations": .array([
                .object(["executionSuccessful": .bool(failure == nil), "toolExecutionNotifications": notice])
            ]),
            "artifacts": .array([.object(["location": location])]),
            "results": .array(findings.map(result)),
        ])
    }

    private func result(_ finding: Diagnostic) -> JSONValue {
        let message = finding.message + (finding.help.map { "\n\($0)" } ?? "")
        let related = finding.related.enumerated().map { index, related in
            JSONValue.object([
                "id": .number("\(index + 1)"), "message": Self.text(related.message),
                "physicalLocation": place(related.mark),
            ])
        }
        return .object([
            "ruleId": .string(finding.rule.rawValue),
            "ruleIndex": .number("\(Diagnostic.Rule.allCases.firstIndex(of: finding.rule) ?? 0)"),
            "level": .string(finding.severity == .notice ? "note" : finding.severity.rawValue),
            "message": Self.text(message),
            "locations": .array([.object(["physicalLocation": place(finding.mark)])]),
            "relatedLocations": related.isEmpty ? nil : .array(related),
        ])
    }

    private func place(_ mark: SourceMark) -> JSONValue {
        .object([
            "artifactLocation": location,
            "region": .object([
                "startLine": .number("\(mark.line)"),
                "startColumn": .number("\(mark.column)"),
                "endColumn": .number("\(mark.column + mark.length)"),
            ]),
        ])
    }

    private var location: JSONValue { .object(["uri": .string(Self.uri(path))]) }

    private static func text(_ text: String) -> JSONValue { .object(["text": .string(text)]) }

    /// Returns a path as a URI reference (RFC 3986): of an absolute one with its scheme.
    static func uri(_ path: String) -> String {
        var result = path.utf8.first == UInt8(ascii: "/") ? "file://" : ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        return result
    }
}
