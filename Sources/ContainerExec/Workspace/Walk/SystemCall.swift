#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Calls of the system that are spelled otherwise in Swift than in C.
enum SystemCall {
    /// openat(2), again where a signal came between.
    static func openat(_ folder: CInt, _ name: [CChar], _ flags: CInt, _ mode: mode_t = 0) -> CInt {
        while true {
            #if canImport(Darwin)
            let descriptor = unsafe Darwin.openat(folder, name, flags, mode)
            #else
            let descriptor = unsafe Glibc.openat(folder, name, flags, mode)
            #endif
            guard descriptor < 0, errno == EINTR else { return descriptor }
        }
    }

    /// What futimens(3) takes: the time of access stays, the time of change is set.
    static func times(_ modified: FileTime) -> [timespec] {
        // UTIME_OMIT, a macro that Swift does not see.
        #if canImport(Darwin)
        let omit = -2
        #else
        let omit = (1 << 30) - 2
        #endif
        return [
            timespec(tv_sec: 0, tv_nsec: omit),
            timespec(tv_sec: modified.seconds, tv_nsec: min(max(modified.nanoseconds, 0), 999_999_999)),
        ]
    }
}
