/// What a channel does with what it receives.
///
/// Both are called on the channel's own thread.
package struct ChannelSink: Sendable {
    /// Takes output; as long as it does not return, the command's pipe fills up, which is the back pressure.
    package let output: @Sendable (OutputStream, RawSpan) -> Void
    /// Takes the end; called once, and nothing comes after it.
    package let end: @Sendable (ChannelEnd) -> Void

    /// Creates a sink.
    package init(
        output: @escaping @Sendable (OutputStream, RawSpan) -> Void,
        end: @escaping @Sendable (ChannelEnd) -> Void
    ) {
        self.output = output
        self.end = end
    }
}
