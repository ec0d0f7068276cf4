internal import FoundationEssentials
internal import SystemPackage

/// The summary of a run on the page of a GitHub Actions job, which is Markdown in a file that `GITHUB_STEP_SUMMARY` names.
struct JobSummary: Sendable {
    /// The most that GitHub takes of a step.
    static let maximumBytes = 1 << 20
    /// Of what stands before the failures, so that those have room.
    private static let tableBytes = 400 << 10
    private static let lines = 50
    private static let lineLength = 400

    /// Returns the Markdown, of at most `limit` bytes.
    static func text(of record: RunRecord, limit: Int = maximumBytes) -> String {
        let isGood = record.status == .success
        var text = "### \(isGood ? "✅" : "❌") okteto-run \(record.command): "
        text += isGood ? "passed" : "\(markdown(record.status.meaning)) (exit status \(record.status.code))"
        text += " in \(HTMLReport.time(record.duration))\n\n"
        if !isGood, let error = record.lastError { text += "\(markdown(error.text))\n\n" }
        if !record.phases.isEmpty { text += table(record, limit: min(tableBytes, limit / 2)) }
        if let role = record.role {
            text += "Assumed role: <code>\(markdown(role.arn))</code> until \(markdown(role.expiration))\n\n"
        }
        let rest = "More failures are in the log.\n"
        for phase in record.phases {
            for command in phase.failedCommands {
                let failure = failure(command, of: phase, record)
                guard text.utf8.count + failure.utf8.count + rest.utf8.count <= limit else {
                    return bounded(text + rest, limit)
                }
                text += failure
            }
        }
        return bounded(text, limit)
    }

    private static func bounded(_ text: String, _ limit: Int) -> String {
        text.utf8.count <= limit ? text : ""
    }

    private static func table(_ record: RunRecord, limit: Int) -> String {
        var text = "| | phase | time | commands |\n|---|---|--:|---|\n"
        for (index, phase) in record.phases.enumerated() {
            let ran = phase.commands.count { $0.span != nil }
            var row = "| \(mark(phase.result)) | <code>\(markdown(ReportNames.sentence(phase.outline.kind)))</code> | "
            row += phase.span.map { HTMLReport.time($0.duration) } ?? ""
            row += " | \(ran) of \(phase.commands.count)"
            if !phase.result.isGood || phase.result == .skipped, let reason = phase.reason {
                row += ": \(markdown(String(reason.prefix(lineLength))))"
            }
            row += " |\n"
            guard text.utf8.count + row.utf8.count < limit else {
                return text + "| | and \(record.phases.count - index) more | | |\n\n"
            }
            text += row
        }
        return text + "\n"
    }

    private static func failure(_ command: CommandRecord, of phase: PhaseRecord, _ record: RunRecord) -> String {
        let cause = command.outcome?.cause ?? "failed"
        let place = "\(ReportNames.line(command.outline.path)):\(command.outline.line)"
        var text = "<details><summary><code>\(markdown(ReportNames.line(command.outline.title)))</code> of "
        text +=
            "\(markdown(ReportNames.sentence(phase.outline.kind))) \(markdown(cause)) (\(markdown(place)))</summary>\n\n"
        let lines = CommandLog(command.output, masker: record.masker).lastLines(Self.lines)
        if lines.isEmpty { return text + "It printed nothing.\n\n</details>\n\n" }
        // In <pre> nothing is Markdown, blank lines included.
        text += "<pre>\n"
        for line in lines {
            let isLong = line.unicodeScalars.count > lineLength
            text += markdown(isLong ? String(line.unicodeScalars.prefix(lineLength)) + "…" : line) + "\n"
        }
        return text + "</pre>\n\n</details>\n\n"
    }

    private static func mark(_ result: RecordedResult) -> String {
        switch result {
        case .passed: "✅"
        case .failed: "❌"
        case .cancelled, .unfinished: "⚠️"
        case .skipped, .notRun: "⏭️"
        }
    }

    /// Returns text that stands for itself in Markdown, tables and HTML: everything that is none of letters, digits and spaces
    /// by its number, newlines as spaces.
    static func markdown(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let substitute = VisibleText.substitute(for: scalar), scalar != "\r" {
                result += substitute.unicodeScalars.allSatisfy { !$0.isASCII } ? substitute : markdown(substitute)
                continue
            }
            switch scalar {
            case "\n", "\r", "\t": result += " "
            case " ", "0"..."9", "A"..."Z", "a"..."z": result.unicodeScalars.append(scalar)
            case _ where scalar.isASCII: result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Adds a run's summary to a file, as much as GitHub takes.
    ///
    /// A pipe in its place is not waited for.
    ///
    /// - Throws: `Errno` when it cannot be written.
    static func append(_ record: RunRecord, to path: String) throws {
        let file = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.append, .create, .closeOnExec, .nonBlocking],
            permissions: FilePermissions(rawValue: 0o666)
        )
        try file.closeAfter {
            let size = try file.seek(offset: 0, from: .end)
            let text = text(of: record, limit: maximumBytes - Int(min(size, Int64(maximumBytes))))
            _ = try file.writeAll(text.utf8)
        }
    }
}
