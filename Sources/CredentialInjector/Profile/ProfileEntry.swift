/// An entry of a profile, with whether everybody may change the file that it is from.
struct ProfileEntry: Sendable, Hashable {
    let entry: INIEntry
    let isWritableByAll: Bool
}
