internal import CPlatform

/// How large a terminal is.
struct TerminalSize: Sendable, Hashable {
    var columns: Int
    var rows: Int

    /// The size of the terminal at standard error, now; one that does not know it has most likely the usual one.
    static var ofStandardError: TerminalSize {
        let columns = Int(oktetorun_terminal_columns(2))
        let rows = Int(oktetorun_terminal_rows(2))
        return TerminalSize(columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24)
    }
}
