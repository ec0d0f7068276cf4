internal import FoundationEssentials

/// A run as JUnit's XML, which GitLab, Jenkins and many others show: each phase a suite, each command a case.
///
/// It keeps to the schema of Jenkins' xUnit plugin (junit-10.xsd), but for the attributes `file` and `line` of a case, which
/// GitLab and the actions for GitHub read. What a run that failed has no case for is a case of its own, so that no
/// failed run looks as if it had succeeded.
struct JUnitReport {
    /// The last lines of the output that are told with a failure.
    private static let failureLines = 100
    /// What is kept of a case's output, and of one when the file is large already: readers take some 30 MB.
    private static let bounds = OutputExcerpt.Bounds(head: 64 << 10, tail: 192 << 10)
    private static let largeBytes = 16 << 20

    private let record: RunRecord
    private var xml = MarkupText()

    /// Returns the file's bytes.
    static func bytes(of record: RunRecord) -> [UInt8] {
        var report = JUnitReport(record: record)
        report.write()
        return report.xml.bytes
    }

    private init(record: RunRecord) {
        self.record = record
    }

    private mutating func write() {
        var suites = record.phases.map { JUnitSuite($0) }
        if record.status != .success, !suites.contains(where: { $0.failures + $0.errors > 0 }) {
            suites.append(JUnitSuite(of: record))
        }
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites")
        xml.attribute("name", "okteto-run \(record.command)")
        xml.attribute("time", SecondsText.exact(record.duration))
        xml.attribute("tests", "\(suites.reduce(0) { $0 + $1.cases.count })")
        xml.attribute("failures", "\(suites.reduce(0) { $0 + $1.failures })")
        xml.attribute("errors", "\(suites.reduce(0) { $0 + $1.errors })")
        xml.raw(">\n")
        for suite in suites { write(suite) }
        xml.raw("</testsuites>\n")
    }

    private mutating func write(_ suite: JUnitSuite) {
        xml.raw("  <testsuite")
        xml.attribute("name", suite.name)
        xml.attribute("tests", "\(suite.cases.count)")
        xml.attribute("failures", "\(suite.failures)")
        xml.attribute("errors", "\(suite.errors)")
        xml.attribute("skipped", "\(suite.skipped)")
        xml.attribute("time", SecondsText.exact(suite.span?.duration ?? .zero))
        let start = record.start.addingTimeInterval((suite.span?.start ?? .zero) / .seconds(1))
        // Without a zone, which many readers do not take: it is UTC.
        xml.attribute("timestamp", String(start.formatted(.iso8601).dropLast()))
        if let file = suite.file { xml.attribute("file", file) }
        xml.raw(">\n")
        if !suite.properties.isEmpty {
            xml.raw("    <properties>\n")
            for property in suite.properties {
                xml.raw("      <property")
                xml.attribute("name", property.name)
                xml.attribute("value", property.value)
                xml.raw("/>\n")
            }
            xml.raw("    </properties>\n")
        }
        for testCase in suite.cases { write(testCase, of: suite) }
        if let output = suite.output { write(log(output), indent: "    ") }
        xml.raw("  </testsuite>\n")
    }

    private mutating func write(_ testCase: JUnitCase, of suite: JUnitSuite) {
        xml.raw("    <testcase")
        xml.attribute("name", testCase.name)
        xml.attribute("classname", suite.className)
        xml.attribute("time", SecondsText.exact(testCase.duration))
        if let place = testCase.place {
            xml.attribute("file", place.file)
            xml.attribute("line", "\(place.line)")
        }
        let log = testCase.output.map(log)
        if testCase.ending == nil, log?.entries.isEmpty ?? true { return xml.raw("/>\n") }
        xml.raw(">\n")
        switch testCase.ending {
        case nil: break
        case .skipped(let reason):
            xml.raw("      <skipped")
            xml.attribute("message", reason)
            xml.raw("/>\n")
        case .failure(let message, let type):
            xml.raw("      <failure")
            writeProblem(testCase, message, type, log)
            xml.raw("</failure>\n")
        case .error(let message, let type):
            xml.raw("      <error")
            writeProblem(testCase, message, type, log)
            xml.raw("</error>\n")
        }
        if let log { write(log, indent: "      ") }
        xml.raw("    </testcase>\n")
    }

    private func log(_ output: OutputExcerpt) -> CommandLog {
        var output = output
        output.shrink(to: xml.bytes.count < Self.largeBytes ? Self.bounds : .small)
        return CommandLog(output, masker: record.masker)
    }

    private mutating func writeProblem(_ testCase: JUnitCase, _ message: String, _ type: String, _ log: CommandLog?) {
        xml.attribute("message", message)
        xml.attribute("type", type)
        xml.raw(">")
        xml.text(message)
        if let place = testCase.place { xml.text("\n\(place.file):\(place.line)") }
        if let details = testCase.details { xml.text("\n\(details)") }
        guard let lines = log?.lastLines(Self.failureLines), !lines.isEmpty else { return }
        xml.raw("\n\n")
        xml.text(lines.joined(separator: "\n"))
    }

    private mutating func write(_ log: CommandLog, indent: StaticString) {
        for target in OutputWriter.Target.allCases where log.entries.contains(where: { $0.target == target }) {
            xml.raw(indent)
            if target == .standardOutput { xml.raw("<system-out>") } else { xml.raw("<system-err>") }
            for entry in log.entries {
                if case .gap(let bytes) = entry {
                    xml.text(CommandLog.words(forGap: bytes) + "\n")
                } else if entry.target == target {
                    xml.text(entry.bytes)
                    xml.raw("\n")
                }
            }
            if target == .standardOutput { xml.raw("</system-out>\n") } else { xml.raw("</system-err>\n") }
        }
    }
}
