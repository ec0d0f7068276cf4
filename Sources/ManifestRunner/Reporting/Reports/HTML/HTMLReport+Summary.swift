internal import FoundationEssentials

extension HTMLReport {
    /// The result, its figures, and the bar with the search.
    mutating func writeHeader() {
        html.raw("<header>\n<p class=\"program\">okteto-run ")
        html.text(record.command)
        html.raw("</p>\n<h1")
        html.attribute("class", record.status == .success ? "passed" : "failed")
        html.raw("><span class=\"dot\" aria-hidden=\"true\"></span>")
        html.text(headline)
        html.raw("</h1>\n<p class=\"facts\">")
        html.text(facts.joined(separator: " · "))
        html.raw("</p>\n<dl class=\"tiles\">\n")
        tile("Time", Self.time(record.duration))
        let tests = record.phases
        if !tests.isEmpty {
            tile("Phases passed", "\(record.count(.passed)) of \(tests.count)")
            if record.count(.failed) > 0 { tile("Failed", "\(record.count(.failed))", "failed") }
            let others = tests.count { !$0.result.isGood && $0.result != .failed }
            if others > 0 { tile("Not finished", "\(others)", "cancelled") }
            if record.count(.skipped) > 0 { tile("Skipped", "\(record.count(.skipped))") }
            tile("Commands run", "\(record.commands.count { $0.span != nil })")
        }
        tile("Exit status", "\(record.status.code)", record.status == .success ? nil : "failed")
        html.raw("</dl>\n<p class=\"role\"><span class=\"label\">Assumed role</span> ")
        if let role = record.role {
            html.raw("<code>")
            html.text(role.arn)
            html.raw("</code> until ")
            html.text(role.expiration)
        } else {
            html.raw("none: the commands ran without exchanged credentials")
        }
        html.raw("</p>\n</header>\n")
        html.raw(Self.toolbar)
    }

    private var facts: [String] {
        let time = record.start.formatted(.iso8601.dateSeparator(.dash)).dropLast().replacing("T", with: " ")
        let isOwn = [ExitStatus.success.meaning, "command", "interrupted"].contains(record.status.meaning)
        return ["\(time) UTC"] + (isOwn || record.status == .timedOut ? [] : [record.status.meaning])
    }

    private mutating func tile(_ label: StaticString, _ value: String, _ className: String? = nil) {
        html.raw("<div")
        if let className { html.attribute("class", className) }
        html.raw("><dt>")
        html.raw(label)
        html.raw("</dt><dd>")
        html.text(value)
        html.raw("</dd></div>\n")
    }

    private static let toolbar: StaticString = """
        <nav class="toolbar" aria-label="Search and filter" data-script hidden>
        <div class="bar">
        <label class="search"><span class="unseen">Search the output</span>
        <input id="query" type="search" placeholder="Search the output" autocomplete="off" spellcheck="false"></label>
        <button type="button" id="previous" title="Previous (Shift+Enter)" aria-label="Previous match">↑</button>
        <button type="button" id="next" title="Next (Enter)" aria-label="Next match">↓</button>
        <button type="button" id="only" aria-pressed="false">Only matches</button>
        <output id="told" role="status" aria-live="polite"></output>
        <span class="space"></span>
        <span class="group" role="group" aria-label="Show">
        <button type="button" data-filter="all" aria-pressed="true">All</button>
        <button type="button" data-filter="failed" aria-pressed="false">Not passed</button>
        <button type="button" data-filter="passed" aria-pressed="false">Passed</button>
        </span>
        <button type="button" id="unfold">Unfold</button>
        <button type="button" id="fold">Fold</button>
        </div>
        </nav>

        """

    /// Why the run failed, with a way to each command that did.
    mutating func writeProblems() {
        let failed = record.phases.indices.filter { record.phases[$0].result.isTrouble }
        guard record.status != .success, !failed.isEmpty || record.lastError != nil else { return }
        html.raw("<section class=\"problems\" aria-label=\"What went wrong\">\n")
        if let error = record.lastError {
            html.raw("<p class=\"cause\">")
            html.text(error.text)
            html.raw("</p>\n")
            if let hint = error.hint {
                html.raw("<p class=\"hint\">")
                html.text(hint)
                html.raw("</p>\n")
            }
        }
        if !failed.isEmpty {
            html.raw("<ul>\n")
            for index in failed { writeProblem(index) }
            html.raw("</ul>\n")
        }
        html.raw("</section>\n")
    }

    private mutating func writeProblem(_ index: Int) {
        let phase = record.phases[index]
        html.raw("<li>")
        badge(phase.result)
        html.raw(" <a")
        html.attribute("href", "#p\(index)")
        html.raw(">")
        html.text(ReportNames.sentence(phase.outline.kind))
        html.raw("</a>")
        let commands = phase.commands.indices.filter { [.failed, .cancelled].contains(phase.commands[$0].result) }
        for command in commands.prefix(20) {
            html.raw(": <a")
            html.attribute("href", "#p\(index)c\(command)")
            html.raw("><code>")
            html.text(ReportNames.line(phase.commands[command].outline.title))
            html.raw("</code></a> ")
            html.text(phase.commands[command].outcome?.cause ?? "")
        }
        if commands.isEmpty, let reason = phase.reason {
            html.raw(": ")
            html.text(reason)
        }
        html.raw("</li>\n")
    }

    /// The artifacts of all phases.
    mutating func writeArtifacts() {
        let artifacts = record.phases.flatMap { phase in phase.artifacts.map { (phase.outline.kind, $0) } }
        guard !artifacts.isEmpty else { return }
        html.raw("<section aria-labelledby=\"artifacts\">\n<h2 id=\"artifacts\">Artifacts</h2>\n<table>\n<thead><tr>")
        html.raw("<th scope=\"col\">Phase</th><th scope=\"col\">From</th><th scope=\"col\">To</th>")
        html.raw(
            "<th scope=\"col\" class=\"number\">Files</th><th scope=\"col\" class=\"number\">Size</th></tr></thead>"
        )
        html.raw("\n<tbody>\n")
        for (kind, artifact) in artifacts {
            html.raw("<tr><td>")
            html.text(ReportNames.sentence(kind))
            html.raw("</td><td><code>")
            html.text(artifact.path)
            html.raw("</code></td><td><code>")
            html.text(artifact.destination)
            html.raw("</code></td><td class=\"number\">")
            html.text("\(artifact.files)")
            html.raw("</td><td class=\"number\">")
            html.text(ByteCount.text(artifact.bytes))
            html.raw("</td></tr>\n")
        }
        html.raw("</tbody>\n</table>\n</section>\n")
    }

    /// What okteto-run itself said.
    mutating func writeMessages() {
        guard !record.messages.isEmpty else { return }
        html.raw(
            "<section aria-labelledby=\"messages\">\n<h2 id=\"messages\">What okteto-run said</h2>\n<details class=\"card\""
        )
        html.raw("><summary>")
        html.text("\(record.messages.count) \(record.messages.count == 1 ? "line" : "lines")")
        html.raw("</summary>\n<ol class=\"messages\">\n")
        for message in record.messages {
            html.raw("<li")
            html.attribute("class", message.level.rawValue)
            html.raw("><span class=\"when\">")
            html.text(Self.time(message.time))
            html.raw("</span> <span class=\"what\">")
            html.text(message.text)
            if let hint = message.hint {
                html.raw("<span class=\"hint\">")
                html.text(hint)
                html.raw("</span>")
            }
            html.raw("</span></li>\n")
        }
        html.raw("</ol>\n</details>\n</section>\n")
    }
}
