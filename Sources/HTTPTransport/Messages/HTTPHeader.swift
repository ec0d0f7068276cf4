/// One header field of a request or a response.
///
/// The value may be a credential, so a rendering shows the name alone.
package struct HTTPHeader: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The field's name as it is sent; names are compared without regard to case.
    package let name: String
    /// The field's value.
    package let value: String

    /// Creates a field.
    ///
    /// CR, LF and NUL, which would start another field, are left out of both.
    package init(_ name: String, _ value: String) {
        self.name = Self.singleLine(name)
        self.value = Self.singleLine(value)
    }

    package var description: String { "\(name): <redacted>" }

    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }

    private static func singleLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" && $0 != "\n" && $0 != "\0" }))
    }
}
