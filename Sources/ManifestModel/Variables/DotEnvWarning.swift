/// A line of a dotenv file that was passed over; nothing of its value is in it.
package struct DotEnvWarning: Sendable, Hashable, CustomStringConvertible {
    /// The line, counted from 1.
    package let line: Int
    /// What is wrong with it.
    package let message: String

    package var description: String { "line \(line): \(message)" }
}
