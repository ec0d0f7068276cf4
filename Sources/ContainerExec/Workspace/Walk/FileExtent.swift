/// A part of a file that holds data, between holes.
struct FileExtent: Hashable {
    /// Where it begins.
    let offset: Int64
    /// Its bytes.
    let length: Int64
}
