/// The one line that shows work in progress on a terminal.
enum ProgressLine {
    private static let barWidth = 20

    /// Returns the line, of less than `columns` columns: a mark that turns, the title, a bar where the end is known, how
    /// far it is, and the time since the start.
    ///
    /// What does not fit is left out, the bar first and then the end of the title: a line that wraps could not be
    /// taken away again.
    static func text(title: String, state: ProgressState, elapsed: Duration, columns: Int) -> String {
        // The last column stays free: some terminals wrap when it is written to.
        let width = columns - 1
        let head = " \(BoardView.spinner(at: elapsed))  "
        let time = RunTime.text(elapsed)
        let facts = (state.summary.isEmpty ? [] : [state.summary]) + [time]
        let tail = "  " + facts.joined(separator: "  ")
        let taken = head.count + DisplayWidth.columns(of: title) + DisplayWidth.columns(of: tail)
        if let bar = state.fraction.map(bar), taken + bar.count + 2 <= width {
            return head + title + "  " + bar + tail
        }
        if taken <= width { return head + title + tail }
        let room = width - head.count - DisplayWidth.columns(of: tail)
        if room > 8 { return head + DisplayWidth.fitted(title, to: room) + tail }
        return DisplayWidth.fitted(head + title, to: width)
    }

    private static func bar(_ fraction: Double) -> String {
        let filled = Int((fraction * Double(barWidth)).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: barWidth - filled) + "]"
    }
}
