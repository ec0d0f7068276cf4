internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension SystemError {
    /// Whether the file is not there, or something else is in its place.
    var isAbsence: Bool { errno == ENOENT || errno == ENOTDIR || errno == ELOOP }
}
