internal import ArgumentParser

/// The reports of a run.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write a report of the run: junit=FILE, json=FILE or html=FILE. Repeatable.",
            valueName: "kind=file"
        )
    )
    var reports: [String] = []

    mutating func validate() throws {
        try OptionVariables.fill(&reports, "report", needsValue: true)
        for report in reports where ReportDestination(argument: report) == nil {
            throw ValidationError(
                "--report \(JSONLine.quote(String(report.prefix(60)))) is not junit=FILE, json=FILE or html=FILE"
            )
        }
    }

    /// What is to be written where.
    var destinations: [ReportDestination] { reports.compactMap(ReportDestination.init) }
}
