internal import ArgumentParser
internal import ContainerExec
internal import FoundationEssentials
internal import ProcessEnvironment

/// What is told of a run beside its output: reports in files, the log and the page of a CI job, a trace.
struct RunReports: Sendable {
    private let command: String
    private let context: RunContext
    private let destinations: [ReportDestination]
    private let recorder: RunRecordBuilder?
    private let exporter: TraceExporter?
    private let summaryPath: String?
    /// What is wrong with the settings of the trace, and does not keep the run from going on.
    private let warnings: [String]
    /// Tells the reports what happens.
    let journal: RunJournal

    /// Creates the reports that the options and the environment ask for; `display` shows the run.
    init(
        _ destinations: [ReportDestination],
        command: String,
        context: RunContext,
        display: RunDisplay,
        observers: [any RunObserver] = []
    ) {
        self.command = command
        self.context = context
        self.destinations = destinations
        let environment = context.environment
        let isGitHub = environment["GITHUB_ACTIONS"] == "true"
        summaryPath = isGitHub ? environment.nonEmpty("GITHUB_STEP_SUMMARY") : nil
        var warnings: [String] = []
        let settings = TraceSettings(environment: environment, warnings: &warnings)
        self.warnings = warnings
        exporter = settings.map { TraceExporter(settings: $0, trace: RunTrace(parent: $0.parent)) }
        let wantsOutput = !destinations.isEmpty || summaryPath != nil
        recorder = wantsOutput || exporter != nil ? RunRecordBuilder(wantsOutput: wantsOutput) : nil
        var all = observers
        if let recorder { all.append(recorder) }
        // Before the display's, with which a phase's block of the log ends.
        if let log = JobLogWriter(context: context, display: display) { all.append(log) }
        journal = RunJournal(all + display.observers, trace: exporter?.trace)
    }

    /// The values of the collector's headers, and without the name of a scheme before them: commands inherit the variable,
    /// so that their own programs can send spans there, and may print it.
    var secrets: [Secret] {
        (exporter?.settings.headers ?? []).flatMap { header in
            let words = header.value.bytes.split(separator: UInt8(ascii: " "), maxSplits: 1)
            return [header.value] + (words.count == 2 ? [Secret(bytes: Array(words[1]))] : [])
        }
    }

    /// Says what is wrong before anything runs.
    ///
    /// - Throws: ``RunFailure`` when a report could not be written at the end.
    func check(_ reporter: Reporter) throws(RunFailure) {
        reporter.conceal(secrets)
        for warning in warnings { reporter.say(.warning, warning) }
        for destination in destinations {
            do throws(SystemError) {
                _ = try ReportFile(destination.path, from: context.currentDirectory)
            } catch {
                throw RunFailure(
                    .ioError,
                    "\(destination.description) cannot be written: \(error.reason)",
                    hint: "nothing was run; make its folder first, or choose another with --report"
                )
            }
        }
    }

    /// Writes and sends everything, and returns the exit status: that of the run, or that a report could not be written.
    ///
    /// `masking` are secrets beside those that the reporter knows.
    func finish(_ status: ExitStatus, _ reporter: Reporter, masking secrets: [Secret]) async -> ExitStatus {
        guard let recorder else { return status }
        var masker = reporter.masker
        masker.add(secrets)
        let version = OktetoRun.configuration.version
        let record = recorder.record(command: command, version: version, masker: masker)
        var result = status
        for destination in destinations {
            do throws(SystemError) {
                let file = try ReportFile(destination.path, from: context.currentDirectory)
                try file.write(destination.kind.bytes(of: record))
            } catch {
                if result == .success { result = .ioError }
                reporter.say(
                    .error,
                    "\(destination.description) could not be written: \(error.reason)",
                    details: result.details
                )
            }
        }
        if let summaryPath {
            do {
                try JobSummary.append(record, to: summaryPath)
            } catch {
                reporter.say(.warning, "the job's summary could not be written: \(error)")
            }
        }
        if let problem = await exporter?.export(record) { reporter.say(.warning, problem) }
        return result
    }
}
