/// One `[section]` of an INI file.
struct INISection: Sendable, Hashable {
    /// What stands between the brackets, unchanged.
    let header: String
    /// Where the section begins.
    let place: FilePlace
    /// What is in it, in the order of the file; no key is there twice.
    var entries: [INIEntry]
}
