internal import ProcessEnvironment

/// How a run is shown, and what keeps track of it for that.
struct RunDisplay: Sendable {
    let format: LogOutput
    /// How the output of phases that run at once is shown.
    let order: LogOrder
    let isColoured: Bool
    let writer: OutputWriter
    /// Whether standard error is a terminal, whose width lines are cut to.
    let isErrorTerminal: Bool
    /// The secrets that are masked in okteto-run's own lines.
    let masks = ReporterMasks()
    let recorder = RunRecorder()
    /// What redraws rows on the terminal; nil where nothing can be redrawn.
    let live: LiveView?
    /// The lanes of phases that run at once; nil where all is objects.
    let lanes: OutputLanes?

    /// Those that must be told of the run's events, in this order.
    var observers: [any RunObserver] {
        // The last lines are shown before what stands below them is taken away.
        [recorder] + (lanes.map { [$0] } ?? []) + (live.map { [$0] } ?? [])
    }

    /// Creates the display of a program that was started so: colour only on a terminal that wants it
    /// (https://no-color.org), or where `CLICOLOR_FORCE` asks for it (https://bixense.com/clicolors/).
    init(_ option: LogOutput?, _ order: LogOrder?, of context: RunContext) {
        let environment = context.environment
        let isSmart = environment["TERM"] != "dumb"
        let isForced = environment.nonEmpty("CLICOLOR_FORCE").map { $0 != "0" } ?? false
        self.order = order ?? .stream
        format = option ?? (context.isErrorTerminal ? .tty : .plain)
        isColoured =
            format == .tty && environment.nonEmpty("NO_COLOR") == nil
            && (isForced || context.isErrorTerminal && isSmart)
        isErrorTerminal = context.isErrorTerminal
        // xterm, screen and the kernel's console leave lines as they are; nearly all others break them anew.
        let keepsLines =
            environment["XTERM_VERSION"] != nil || environment["STY"] != nil || environment["TERM"] == "linux"
        writer = OutputWriter(
            sharesTerminal: context.isOutputTerminal && context.isErrorTerminal,
            reflowsLines: !keepsLines
        )
        live =
            format == .tty && context.isErrorTerminal && isSmart
            ? LiveView(of: recorder, isColoured: isColoured, masks: masks, writer: writer) : nil
        lanes =
            format == .json
            ? nil
            : OutputLanes(
                self.order,
                isColoured: isColoured,
                isForced: isForced,
                isTerminal: [context.isOutputTerminal, context.isErrorTerminal],
                writer: writer
            )
    }
}
