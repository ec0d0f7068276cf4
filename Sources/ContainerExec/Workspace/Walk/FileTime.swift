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

    /// Both in one number; the farthest that it can hold for times beyond the year 2262.
    var nanosecondsSince1970: Int64 {
        let (product, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflows else { return seconds < 0 ? .min : .max }
        return product &+ Int64(nanoseconds)
    }
}
