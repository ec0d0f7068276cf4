/// A failure of this module that is no finding about the manifest's text.
package struct ManifestModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failures.
    package struct Code: Sendable, Hashable {
        private enum Value {
            case notFound
            case isDirectory
            case unreadable
            case tooLarge
            case expansion
            case invalidVariable
            case reservedVariable
            case invalidValue
            case unknownTest
            case testCycle
        }

        private let value: Value

        /// There is no manifest.
        package static let notFound = Code(value: .notFound)
        /// The path is a folder's.
        package static let isDirectory = Code(value: .isDirectory)
        /// The file can't be opened or read, or is no regular file.
        package static let unreadable = Code(value: .unreadable)
        /// The file is larger than the bound.
        package static let tooLarge = Code(value: .tooLarge)
        /// A text's variables can't be expanded.
        package static let expansion = Code(value: .expansion)
        /// A `--var` is not `NAME=VALUE`.
        package static let invalidVariable = Code(value: .invalidVariable)
        /// A `--var` sets a name that is reserved.
        package static let reservedVariable = Code(value: .reservedVariable)
        /// A value is malformed once its variables are expanded.
        package static let invalidValue = Code(value: .invalidValue)
        /// A test was asked for, or depended on, that there is not.
        package static let unknownTest = Code(value: .unknownTest)
        /// Tests depend on each other in a circle.
        package static let testCycle = Code(value: .testCycle)
    }

    /// The kind of failure.
    package let code: Code
    /// What failed, where, why and what to do next.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
