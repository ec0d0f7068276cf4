/// How a channel came to its end.
package enum ChannelEnd: Sendable, Hashable {
    /// The local shell ended with that status, 128 + n for signal n.
    case exited(Int32)
    /// The engine ended the stream.
    case streamEnded
    /// The channel broke.
    case failed(ContainerExecError)
}
