#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why a Unix socket cannot be used, where the file system alone tells.
enum SocketObstacle: Hashable, Sendable {
    /// No such file.
    case absent
    /// The user may not open it.
    case forbidden

    /// Returns what stands in the way of the socket at `path`, or nil.
    static func find(at path: String) -> SocketObstacle? {
        guard unsafe access(path, W_OK) != 0 else { return nil }
        switch errno {
        case EACCES, EPERM: return .forbidden
        default: return .absent
        }
    }
}
