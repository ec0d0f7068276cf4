import CredentialInjector
import ManifestModel
import Testing
import YAMLSource

@testable import ManifestRunner

@Suite struct FindingReportTests {
    private static let yaml = """
        deploy: [true]
        test:
          unit: {comands: [x]}
        forward: [{localPort: 1, remotePort: 2}]
        deploy: [a]
        """

    private func report(_ yaml: String, path: String = "okteto.yml") -> FindingReport {
        let loaded = ManifestLoader.load(SourceText(path: path, text: yaml))
        return FindingReport(path: path, findings: loaded.diagnostics)
    }

    @Test func `JSON has every finding with its rule, its place and what to do`() throws {
        let json = report(Self.yaml).json
        #expect(json["valid"] == .bool(false))
        #expect(json["errors"] == .number("2"))
        #expect(json["warnings"] == .number("1"))
        #expect(json["failure"] == nil)
        guard case .array(let findings)? = json["findings"] else {
            Issue.record("no findings")
            return
        }
        #expect(findings.map { $0["severity"]?.string } == ["warning", "error", "notice", "error"])
        #expect(
            findings.map { $0["rule"]?.string } == ["okteto-schema", "unknown-key", "suspicious", "duplicate-key"]
        )
        #expect(findings[1]["help"]?.string == "did you mean 'commands'?")
        #expect(findings[1]["line"] == .number("3"))
        #expect(findings[1]["column"] == .number("10"))
        #expect(findings[1]["endColumn"] == .number("17"))
        guard case .array(let related)? = findings[3]["related"] else {
            Issue.record("no related place")
            return
        }
        #expect(related.map { $0["line"] } == [.number("1")])
    }

    @Test func `a file that cannot be read has a failure in every form`() {
        let report = FindingReport(path: "a,b:c.yml", failure: "does not exist\n::notice::x")
        #expect(!report.isValid)
        #expect(report.json["failure"]?.string == "does not exist\n::notice::x")
        #expect(report.workflowCommands == "::error file=a%2Cb%3Ac.yml::does not exist%0A::notice::x\n")
        #expect(report.sarif.compact.contains("\"executionSuccessful\":false"))
        #expect(report.sarif.compact.contains("does not exist"))
    }

    @Test func `workflow commands have the place and are one line each`() {
        let lines = report(Self.yaml).workflowCommands.split(separator: "\n").map(String.init)
        #expect(lines.count == 4)
        #expect(
            lines[1]
                == "::error file=okteto.yml,line=3,endLine=3,col=10,endColumn=17,title=unknown-key"
                + "::'comands' is not a key of the test 'unit'%0Ahelp: did you mean 'commands'?"
        )
        #expect(lines[0].hasPrefix("::warning file=okteto.yml,line=1,"))
        #expect(lines[2].hasPrefix("::notice file="))
    }

    @Test(arguments: [
        ("100%", "100%25", "100%25"), ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"), ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
        ("%0A", "%250A", "%250A"), ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"), ("é", "é", "é"),
    ])
    func `what would end a workflow command is escaped`(text: String, data: String, property: String) {
        #expect(FindingReport.data(text) == data)
        #expect(FindingReport.property(text) == property)
    }

    @Test func `nothing of a manifest can begin a workflow command of its own`() {
        let commands = report("\"a\\r\\n::add-mask::x\": 1\n\"b%0A::stop\": 2\n").workflowCommands
        #expect(commands.split(separator: "\n").allSatisfy { $0.hasPrefix("::error file=okteto.yml,") })
        #expect(!commands.contains("\r"))
        #expect(!commands.contains("%0A::"))
    }

    @Test func `SARIF keeps the rules of its standard`() throws {
        let sarif = report(Self.yaml, path: "a b/é#.yml").sarif
        #expect(sarif["version"]?.string == "2.1.0")
        guard case .array(let runs)? = sarif["runs"], let run = runs.first, runs.count == 1,
            case .array(let results)? = run["results"], let driver = run["tool"]?["driver"],
            case .array(let rules)? = driver["rules"], case .array(let artifacts)? = run["artifacts"]
        else {
            Issue.record("no run: \(sarif.compact)")
            return
        }
        #expect(driver["name"]?.string == "okteto-run")
        #expect(driver["version"]?.string?.isEmpty == false)
        let ids = rules.map { $0["id"]?.string }
        #expect(Set(ids).count == ids.count)
        #expect(rules.allSatisfy { $0["shortDescription"]?["text"]?.string?.hasSuffix(".") == true })
        #expect(artifacts.map { $0["location"]?["uri"]?.string } == ["a%20b/%C3%A9%23.yml"])
        #expect(run["columnKind"]?.string == "unicodeCodePoints")
        #expect(results.map { $0["level"]?.string } == ["warning", "error", "note", "error"])
        for result in results {
            guard case .number(let index)? = result["ruleIndex"], let position = Int(index) else {
                Issue.record("no index: \(result.compact)")
                continue
            }
            #expect(ids[position] == result["ruleId"]?.string)
            #expect(result["message"]?["text"]?.string?.isEmpty == false)
            guard case .array(let locations)? = result["locations"],
                let place = locations.first?["physicalLocation"], let region = place["region"]
            else {
                Issue.record("no place: \(result.compact)")
                continue
            }
            #expect(place["artifactLocation"]?["uri"]?.string == "a%20b/%C3%A9%23.yml")
            #expect(number(region["startLine"]) >= 1)
            #expect(number(region["startColumn"]) >= 1)
            #expect(number(region["endColumn"]) > number(region["startColumn"]))
        }
        #expect(results[3]["relatedLocations"] != nil)
    }

    @Test func `a valid manifest has no results, and is valid`() {
        let report = report("deploy: [a]")
        #expect(report.isValid)
        #expect(report.workflowCommands.isEmpty)
        #expect(report.sarif.compact.contains("\"results\":[]"))
        #expect(report.json["valid"] == .bool(true))
    }

    @Test(arguments: [
        ("okteto.yml", "okteto.yml"), ("/a/b.yml", "file:///a/b.yml"), ("a:b", "a%3Ab"), ("100%", "100%25"),
        ("\u{1}", "%01"),
    ])
    func `a path becomes a URI`(path: String, uri: String) {
        #expect(FindingReport.uri(path) == uri)
    }

    private func number(_ value: JSONValue?) -> Int {
        guard case .number(let text)? = value else { return 0 }
        return Int(text) ?? 0
    }
}
