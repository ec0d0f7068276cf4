/// Why a helper program gave no result.
package struct HelperProgramError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Value {
            case notStarted, timedOut, tooMuchOutput, cancelled
        }

        private let value: Value

        /// The program was not found or could not be run.
        package static let notStarted = Code(value: .notStarted)
        /// It did not end in time and was ended.
        package static let timedOut = Code(value: .timedOut)
        /// It printed more than allowed and was ended.
        package static let tooMuchOutput = Code(value: .tooMuchOutput)
        /// The task was cancelled and the program ended.
        package static let cancelled = Code(value: .cancelled)
    }

    /// What kind of failure it was.
    package let code: Code
    /// What happened, in lower case; not cleaned of control characters.
    package let message: String
    /// The beginning of what the program printed on standard error.
    package let standardError: [UInt8]

    init(_ code: Code, _ message: String, standardError: [UInt8] = []) {
        self.code = code
        self.message = message
        self.standardError = standardError
    }

    package var description: String { message }
}
