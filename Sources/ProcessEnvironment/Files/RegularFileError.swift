/// Why a file could not be read.
package enum RegularFileError: Error, Sendable, Hashable {
    /// There is nothing of that name.
    case missing
    /// It is a folder.
    case folder
    /// It is a pipe, a socket or a device.
    case notRegular
    /// It has more bytes than allowed.
    case tooLarge
    /// The system refused, with the number of `errno.h`.
    case refused(errno: CInt)

    /// What is wrong, after the file's name: `is a folder`.
    package var reason: String {
        switch self {
        case .missing: "does not exist"
        case .folder: "is a folder"
        case .notRegular: "is not a regular file"
        case .tooLarge: "is too large"
        case .refused(let number): "cannot be read: \(SystemError(operation: "read", errno: number).reason)"
        }
    }
}
