/// The one line that shows work in progress on a terminal.
enum ProgressLine {
    private static let frames: [Character] = ["|", "/", "-", "\\"]
    private static let barWidth = 20

    /// Returns the line, of at most `columns` columns: a mark that turns, the title, a bar where the end is known, how
    /// far it is, and the time since the start.
    ///
    /// What does not fit is left out, the bar first and then the end of the title: a line that wraps could not be
    /// taken away again.
    static func text(title: String, state: ProgressState, elapsed: Duration, columns: Int) -> String {
        // The last column stays free: some terminals wrap when it is written to.
        let width = columns - 1
        let frame = frames[Int(elapsed / .milliseconds(200)) % frames.count]
        let head = " \(frame)  "
        let time = RunTime.text(elapsed)
        let facts = (state.summary.isEmpty ? [] : [state.summary]) + [time]
        let tail = "  " + facts.joined(separator: "  ")
        if let bar = state.fraction.map(bar), head.count + title.count + bar.count + 2 + tail.count <= width {
            return head + title + "  " + bar + tail
        }
        if head.count + title.count + tail.count <= width { return head + title + tail }
        let room = width - head.count - tail.count - 1
        if room >= 8 { return head + title.prefix(room) + "…" + tail }
        return String((head + title).prefix(max(width, 0)))
    }

    private static func bar(_ fraction: Double) -> String {
        let filled = Int((fraction * Double(barWidth)).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: barWidth - filled) + "]"
    }
}
