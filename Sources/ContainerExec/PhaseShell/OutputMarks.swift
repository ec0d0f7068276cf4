/// What the fences in a piece of output have told.
struct OutputMarks: Sendable {
    /// The command's process takes TERM from now on.
    var hasStarted = false
    /// The command has ended, and both streams have shown it.
    var result: (status: Int32, environmentFile: [UInt8]?)?
    /// The number of a command whose fence nobody will write.
    var lost: Int?
}
