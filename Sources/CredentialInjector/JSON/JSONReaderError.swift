/// Why a text was not read as JSON.
struct JSONReaderError: Error, Hashable {
    /// The line, counted from 1.
    let line: Int
    /// The reason as a clause: `there is a comma too many`.
    let reason: String
}
