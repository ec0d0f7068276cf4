/// The identifier that an engine gave to a container: hexadecimal digits.
package struct ContainerID: Sendable, Hashable, CustomStringConvertible {
    /// All of its digits.
    package let rawValue: String

    /// Creates the identifier that an engine answered.
    ///
    /// - Throws: ``ContainerExecError`` when it has characters that no identifier has: it becomes part of URLs.
    package init(_ rawValue: String) throws(ContainerExecError) {
        guard !rawValue.isEmpty, rawValue.utf8.count <= 128, rawValue.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            throw ContainerExecError(
                .engineFailed,
                "the engine named a container '\(EngineText.printable(rawValue))', which is no identifier"
            )
        }
        self.rawValue = rawValue
    }

    /// The first twelve digits, as engines print them.
    package var description: String { String(rawValue.prefix(12)) }
}
