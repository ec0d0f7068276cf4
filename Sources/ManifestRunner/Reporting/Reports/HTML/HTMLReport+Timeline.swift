extension HTMLReport {
    /// The share of the run's time that each thing took.
    mutating func writeTimeUse() {
        let uses = TimeUse.breakdown(of: record).filter { $0.duration >= .milliseconds(1) }
        guard !uses.isEmpty else { return }
        html.raw(
            "<section aria-labelledby=\"uses\">\n<h2 id=\"uses\">Where each second went</h2>\n<div class=\"card uses\">\n"
        )
        html.raw("<svg class=\"whole\" width=\"100%\" height=\"18\" aria-hidden=\"true\">")
        var start = Duration.zero
        for (use, duration) in uses {
            rectangle(RecordedSpan(start: start, end: start + duration), "k-\(use.rawValue)", height: 18)
            start += duration
        }
        html.raw("</svg>\n<ul class=\"legend\">\n")
        for (use, duration) in uses {
            html.raw(
                "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" rx=\"3\""
            )
            html.attribute("class", "k-\(use.rawValue)")
            html.raw("/></svg> ")
            html.raw(Self.words(use))
            html.raw(" <span class=\"amount\">")
            html.text("\(Self.time(duration)), \(share(duration)) %")
            html.raw("</span></li>\n")
        }
        html.raw("</ul>\n</div>\n</section>\n")
    }

    private func share(_ duration: Duration) -> String {
        let tenths = Int((duration / record.duration * 1_000).rounded())
        return tenths >= 100 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    static func words(_ use: TimeUse) -> StaticString {
        switch use {
        case .commands: "commands"
        case .pull: "pulling images"
        case .upload: "copying the workspace"
        case .start: "starting containers"
        case .artifacts: "bringing artifacts"
        case .credentials: "getting credentials"
        case .connect: "reaching the engine"
        case .other: "everything else"
        }
    }

    /// When each phase, step and command ran.
    mutating func writeTimeline() {
        html.raw(
            "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>\n<div class=\"card timeline\">\n"
        )
        guard !record.phases.isEmpty else {
            html.raw("<p class=\"empty\">The run ended before there was a plan.</p>\n</div>\n</section>\n")
            return
        }
        writeAxis()
        let run = record.steps.filter { $0.phase == nil && Self.isVisible($0) }
        if !run.isEmpty {
            html.raw("<ol>\n")
            for step in run { writeRow(step) }
            html.raw("</ol>\n")
        }
        // Many rows are told by their phase's first; a reader opens what is of interest.
        let isShort = record.commands.count + record.steps.count <= 60
        for index in record.phases.indices { writeRows(index, isOpen: isShort) }
        html.raw("</div>\n</section>\n")
    }

    /// Whether a step took any time, or went wrong: where there is no role, its credentials are there at once.
    private static func isVisible(_ step: StepRecord) -> Bool {
        step.isSuccess != true || step.span.duration >= .milliseconds(1)
    }

    private mutating func writeAxis() {
        html.raw(
            "<div class=\"row axis\" aria-hidden=\"true\"><span></span><svg class=\"track\" width=\"100%\" height=\"16\">"
        )
        for tick in ticks {
            html.raw("<text y=\"12\"")
            html.attribute("x", percent(tick))
            html.raw(">")
            html.text(Self.time(tick))
            html.raw("</text>")
        }
        html.raw("</svg><span></span><span></span></div>\n")
    }

    /// Five or so round times.
    private var ticks: [Duration] {
        let milliseconds = max(record.duration / .milliseconds(1), 1)
        var step = 1.0
        let factors = [2.0, 2.5, 2.0]
        var index = 0
        while milliseconds / step > 6, index < 60 {
            step *= factors[index % 3]
            index += 1
        }
        return stride(from: 0, to: milliseconds * 0.96, by: step).map { .milliseconds(Int($0)) }
    }

    private mutating func writeRows(_ index: Int, isOpen: Bool) {
        let phase = record.phases[index]
        let steps = record.steps.filter { $0.phase == phase.outline.kind && Self.isVisible($0) }
        html.raw("<details class=\"phase-rows\"")
        html.attribute("data-result", phase.result.rawValue)
        if isOpen { html.raw(" open") }
        html.raw("><summary class=\"row\"><span class=\"name\">")
        html.text(ReportNames.sentence(phase.outline.kind))
        html.raw("</span><svg class=\"track\" width=\"100%\" height=\"16\" aria-hidden=\"true\">")
        writeGrid(height: 26)
        if let span = phase.span { rectangle(span, "whole", height: 16) }
        for step in steps { rectangle(step.span, "k-\(step.step.rawValue)", height: 8, y: 4) }
        for command in phase.commands {
            if let span = command.span { rectangle(span, Self.commandClass(command.result), height: 8, y: 4) }
        }
        html.raw("</svg><span class=\"time\">")
        html.text(phase.span.map { Self.time($0.duration) } ?? "")
        html.raw("</span>")
        badge(phase.result)
        html.raw("</summary>\n<ol>\n")
        for step in steps { writeRow(step) }
        for command in phase.commands.indices { writeRow(phase.commands[command], id: "p\(index)c\(command)") }
        html.raw("</ol>\n</details>\n")
    }

    private static func commandClass(_ result: RecordedResult) -> String {
        switch result {
        case .failed: "k-failed"
        case .cancelled, .unfinished: "k-cancelled"
        case .passed, .skipped, .notRun: "k-commands"
        }
    }

    private mutating func writeRow(_ step: StepRecord) {
        html.raw("<li class=\"row\"><span class=\"name step\">")
        html.raw(Self.words(step.step))
        html.raw("</span>")
        track(step.span, "k-\(step.step.rawValue)")
        html.raw("<span class=\"time\">")
        html.text(Self.time(step.span.duration))
        html.raw("</span>")
        if step.isSuccess == false { badge(.failed) } else { html.raw("<span></span>") }
        html.raw("</li>\n")
    }

    private mutating func writeRow(_ command: CommandRecord, id: String) {
        html.raw("<li class=\"row\"><a class=\"name\"")
        html.attribute("href", "#\(id)")
        html.raw("><code>")
        html.text(ReportNames.line(command.outline.title))
        html.raw("</code></a>")
        track(command.span, Self.commandClass(command.result))
        html.raw("<span class=\"time\">")
        html.text(command.span.map { Self.time($0.duration) } ?? "")
        html.raw("</span>")
        if command.result == .passed { html.raw("<span class=\"unseen\">passed</span>") } else { badge(command.result) }
        html.raw("</li>\n")
    }

    private mutating func track(_ span: RecordedSpan?, _ className: String) {
        html.raw("<svg class=\"track\" width=\"100%\" height=\"12\" aria-hidden=\"true\">")
        if record.commands.count <= 500 { writeGrid(height: 24) }
        if let span { rectangle(span, className, height: 8, y: 2) }
        html.raw("</svg>")
    }

    /// The lines of the axis, which go on into the rows below.
    private mutating func writeGrid(height: Int) {
        for tick in ticks {
            html.raw("<line class=\"grid\" y1=\"-8\"")
            html.attribute("y2", "\(height - 8)")
            html.attribute("x1", percent(tick))
            html.attribute("x2", percent(tick))
            html.raw("/>")
        }
    }

    private mutating func rectangle(_ span: RecordedSpan, _ className: String, height: Int, y: Int = 0) {
        html.raw("<rect")
        html.attribute("class", className)
        html.attribute("x", percent(span.start))
        html.attribute("width", percent(span.duration))
        html.attribute("height", "\(height)")
        if y > 0 { html.attribute("y", "\(y)") }
        html.raw("/>")
    }

    /// The place on the scale of the run's time, in hundredths of a percent.
    private func percent(_ duration: Duration) -> String {
        guard record.duration > .zero else { return "0%" }
        let hundredths = min(max(Int((duration / record.duration * 10_000).rounded()), 0), 10_000)
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    private static func words(_ step: RunStep) -> StaticString {
        switch step {
        case .connect: "reach the engine"
        case .credentials: "get credentials"
        case .pull: "pull the image"
        case .start: "start the container"
        case .upload: "copy the workspace"
        case .artifacts: "bring artifacts"
        }
    }
}
