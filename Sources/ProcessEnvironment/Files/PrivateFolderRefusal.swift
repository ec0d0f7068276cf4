/// Why a folder cannot hold what is private.
package struct PrivateFolderRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with it: `others may read or change it`.
    package let reason: String
    /// What to do about it, where something other than removing it helps; nil for that.
    package let nextStep: String?

    package var description: String { reason }
}
