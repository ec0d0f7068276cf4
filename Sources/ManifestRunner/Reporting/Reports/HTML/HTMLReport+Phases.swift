extension HTMLReport {
    /// Lines are laid out in groups of this many, those out of sight not at all.
    private static let groupLines = 100
    /// The most lines of one output, and of one when the page is full already.
    private static let logLines = 20_000
    private static let fewLines = 200

    /// Each phase with its commands and what they printed.
    mutating func writePhases() {
        guard !record.phases.isEmpty else { return }
        html.raw("<section aria-labelledby=\"phases\">\n<h2 id=\"phases\">Output</h2>\n")
        for index in record.phases.indices { writePhase(index) }
        html.raw("</section>\n")
    }

    private mutating func writePhase(_ index: Int) {
        let phase = record.phases[index]
        html.raw("<details class=\"card phase\"")
        html.attribute("id", "p\(index)")
        html.attribute("data-result", phase.result.rawValue)
        if phase.result.isTrouble || record.phases.count == 1 { html.raw(" open") }
        html.raw("><summary><h3>")
        html.text(ReportNames.sentence(phase.outline.kind))
        html.raw("</h3>")
        badge(phase.result)
        html.raw("<span class=\"space\"></span><span class=\"place\">")
        switch phase.outline.place {
        case .shell: html.raw("local shell")
        case .container(let image): html.text(ReportNames.line(image))
        }
        html.raw("</span><span class=\"time\">")
        html.text(phase.span.map { Self.time($0.duration) } ?? "")
        html.raw("</span></summary>\n")
        if let reason = phase.reason {
            html.raw("<p class=\"reason\">")
            html.text(reason)
            html.raw("</p>\n")
        }
        if !phase.outline.dependencies.isEmpty {
            html.raw("<p class=\"after\">after ")
            html.text(phase.outline.dependencies.map(ReportNames.sentence).joined(separator: ", "))
            html.raw("</p>\n")
        }
        if !phase.output.isEmpty {
            html.raw(
                "<details class=\"log command\"><summary><span class=\"title\">before the commands</span></summary>\n"
            )
            writeLog(phase.output, label: "Output before the commands")
            html.raw("</details>\n")
        }
        for command in phase.commands.indices { writeCommand(phase.commands[command], id: "p\(index)c\(command)") }
        html.raw("</details>\n")
    }

    private mutating func writeCommand(_ command: CommandRecord, id: String) {
        let title = ReportNames.line(command.outline.title)
        html.raw("<details class=\"log command\"")
        html.attribute("id", id)
        if command.result.isTrouble { html.raw(" open") }
        html.raw("><summary><span")
        html.attribute("class", "mark \(Self.className(command.result))")
        html.attribute("title", command.result.rawValue)
        html.raw("><span class=\"unseen\">")
        html.text(command.result.rawValue)
        html.raw(": </span></span><code class=\"title\">")
        html.text(title)
        html.raw("</code>")
        if let cause = command.outcome?.cause {
            html.raw("<span class=\"cause\">")
            html.text(cause)
            html.raw("</span>")
        }
        html.raw("<span class=\"space\"></span><span class=\"place\">")
        html.text("\(ReportNames.line(command.outline.path)):\(command.outline.line)")
        html.raw("</span><span class=\"time\">")
        html.text(command.span.map { Self.time($0.duration) } ?? "")
        html.raw("</span></summary>\n")
        if command.outline.script != command.outline.title {
            html.raw("<pre class=\"script\"><code>")
            html.text(command.outline.script)
            html.raw("</code></pre>\n")
        }
        if command.output.isEmpty {
            if command.span == nil {
                html.raw("<p class=\"empty\">It was not run.</p>\n")
            } else {
                html.raw("<p class=\"empty\">It printed nothing.</p>\n")
            }
        } else {
            writeLog(command.output, label: "Output of \(title)")
        }
        html.raw("</details>\n")
    }

    private mutating func writeLog(_ output: OutputExcerpt, label: String) {
        html.raw("<div class=\"lines\" role=\"region\" tabindex=\"0\"")
        html.attribute("aria-label", label)
        html.raw(">\n")
        let entries = CommandLog(output, masker: record.masker).entries
        let limit = min(Self.logLines, max(linesLeft, Self.fewLines))
        linesLeft -= min(entries.count, limit)
        // Of more, a fifth is the beginning.
        let head = entries.count > limit ? limit / 5 : entries.count
        write(entries[..<head], from: 1)
        if head < entries.count {
            let tail = entries.count - limit + head
            // What was not kept in the first place may be among them.
            let bytes = entries[head..<tail].reduce(Int64(0)) { sum, entry in
                if case .gap(let bytes) = entry { sum + bytes } else { sum }
            }
            let lines = tail - head - (bytes > 0 ? 1 : 0)
            writeGap("\(lines) lines" + (bytes > 0 ? " and another \(ByteCount.text(bytes))" : ""))
            write(entries[tail...], from: tail + 1)
        }
        html.raw("</div>\n")
    }

    private mutating func write(_ entries: ArraySlice<LogEntry>, from first: Int) {
        for (offset, entry) in entries.enumerated() {
            if offset % Self.groupLines == 0 {
                if offset > 0 { html.raw("</div>\n") }
                html.raw("<div class=\"lot\">\n")
            }
            switch entry {
            case .gap(let bytes): writeGap(ByteCount.text(bytes))
            case .plain(let target, let bytes):
                beginLine(target, first + offset)
                html.text(bytes)
                html.raw("</div>\n")
            case .styled(let target, let runs):
                beginLine(target, first + offset)
                for run in runs { write(run) }
                html.raw("</div>\n")
            }
        }
        if !entries.isEmpty { html.raw("</div>\n") }
    }

    private mutating func beginLine(_ target: OutputWriter.Target, _ number: Int) {
        if target == .standardError { html.raw("<div class=\"l e\"") } else { html.raw("<div class=\"l\"") }
        html.attribute("data-n", String(number))
        html.raw(">")
    }

    private mutating func writeGap(_ amount: String) {
        html.raw("<div class=\"gap\">")
        html.text("\(amount) are left out here")
        html.raw("</div>\n")
    }

    private mutating func write(_ run: StyledRun) {
        guard run.style != TextStyle() else { return html.text(run.bytes) }
        html.raw("<span")
        html.attribute("class", classNames(of: run.style))
        html.raw(">")
        html.text(run.bytes)
        html.raw("</span>")
    }

    private mutating func classNames(of style: TextStyle) -> String {
        let (front, back) =
            style.isInverse ? (style.background, style.foreground) : (style.foreground, style.background)
        for colour in [front, back] {
            if let colour, colour >= 16 { colours.insert(colour) }
        }
        var names = [front.map { "f\($0)" }, back.map { "g\($0)" }].compactMap { $0 }
        if style.isInverse, front == nil { names.append("fd") }
        if style.isInverse, back == nil { names.append("gd") }
        for (isSet, name) in [
            (style.isBold, "b"), (style.isFaint, "d"), (style.isItalic, "i"), (style.isUnderlined, "u"),
            (style.isStruck, "s"),
        ] where isSet { names.append(name) }
        return names.joined(separator: " ")
    }
}
