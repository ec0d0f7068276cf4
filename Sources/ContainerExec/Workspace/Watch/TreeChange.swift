/// What a ``TreeWatch`` tells.
package enum TreeChange: Sendable, Hashable {
    /// Something at this absolute path was made, changed, moved or removed; a folder where `isFolder`.
    case path([UInt8], isFolder: Bool)
    /// How it watches has changed, in words for the user: the system watches no more, so it looks again and again.
    case notice(String)
}
