/// What stands before each line of a phase among others: its name, as wide as the widest, and a bar.
struct LanePrefix {
    private static let colours = ["36", "33", "35", "32", "34", "96", "93", "95"]

    /// The most columns of a name.
    private static let widest = 24

    /// Returns the prefixes of phases; names share a third of a terminal's columns at most, where there is one.
    static func texts(of phases: [PhaseKind], columns: Int?, isColoured: Bool) -> [String] {
        let room = min(columns.map { max($0 / 3, 4) } ?? widest, widest)
        let names = phases.map { DisplayWidth.fitted($0.shortName, to: room) }
        let width = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
        return names.enumerated().map { index, name in
            let text = DisplayWidth.padded(name, to: width) + " |"
            guard isColoured else { return text + " " }
            return "\u{1B}[\(colours[index % colours.count])m\(text)\u{1B}[0m "
        }
    }

    /// Returns the line that a phase's block begins with.
    static func head(of phase: PhaseKind, columns: Int?, isColoured: Bool) -> String {
        let width = min(columns.map { $0 - 1 } ?? 60, 60)
        let title = DisplayWidth.fitted("── \(phase.shortName) ", to: width)
        let text = title + String(repeating: "─", count: max(width - DisplayWidth.columns(of: title), 0))
        return isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }
}
