/// The way of one phase's output among that of others which print at the same time.
protocol OutputLane: Sendable {
    /// Takes in bytes of a command, and returns false when this has shown that the reader has gone.
    func write(_ bytes: RawSpan, to target: OutputWriter.Target) -> Bool

    /// Takes in lines of okteto-run's own about the phase.
    func writeLines(_ text: String, to target: OutputWriter.Target)

    /// Ends the lines that a command has left without their end.
    func endLines()

    /// Shows the beginnings of lines that have waited for their end since `instant` or longer.
    func showUnfinishedLines(since instant: ContinuousClock.Instant)

    /// The phase has begun.
    func begin()

    /// The phase has ended; nothing comes after this, or okteto-run's own lines alone.
    func end()
}
