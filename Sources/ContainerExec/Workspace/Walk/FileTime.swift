#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// When a file was last changed.
struct FileTime: Hashable {
    /// Seconds since 1970.
    let seconds: time_t
    /// Nanoseconds into that second.
    let nanoseconds: Int
}
