/// Why a small file could not be read.
package struct SmallFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Value {
            case missing, notAFile, tooLarge, unreadable
        }

        private let value: Value

        /// There is nothing at the path.
        package static let missing = Code(value: .missing)
        /// It is a folder, a pipe, a socket or a device.
        package static let notAFile = Code(value: .notAFile)
        /// It has more bytes than allowed.
        package static let tooLarge = Code(value: .tooLarge)
        /// The system does not let it be read.
        package static let unreadable = Code(value: .unreadable)
    }

    /// What kind of failure it was.
    package let code: Code
    /// What is the matter, to follow the name of the file: `is a folder`.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
