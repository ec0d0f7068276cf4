/// What a channel does with what it receives.
///
/// All are called on the channel's own thread.
package struct ChannelSink: Sendable {
    /// Takes output; as long as it does not return, the command's pipe fills up, which is the back pressure.
    package let output: @Sendable (OutputStream, RawSpan) -> Void
    /// Takes the end; called once, and nothing comes after it.
    package let end: @Sendable (ChannelEnd) -> Void
    /// Called about five times a second in between, for what is a matter of time.
    package let tick: @Sendable () -> Void

    /// Creates a sink.
    package init(
        output: @escaping @Sendable (OutputStream, RawSpan) -> Void,
        end: @escaping @Sendable (ChannelEnd) -> Void,
        tick: @escaping @Sendable () -> Void = {}
    ) {
        self.output = output
        self.end = end
        self.tick = tick
    }
}
