/// How far a phase's shell came with commands that it was to run one after the other.
package struct SeriesResult: Sendable, Hashable {
    /// How many have ended, one at least; all but the last of them with status 0.
    package let count: Int
    /// How the last of them ended.
    package let last: CommandResult
}
