/// What a fence in a phase's output tells.
enum OutputMark: Hashable, Sendable {
    /// The command's process takes TERM from now on.
    case started
    /// The command has ended, and both streams have shown it; `goesOn` says that the next one of its series begins.
    case finished(status: Int32, environmentFile: [UInt8]?, goesOn: Bool)
    /// Nobody will tell the end of the command with that number.
    case lost(Int)
}
