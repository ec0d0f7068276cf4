/// A value that no rendering shows: its description, its debug description, its mirror and a dump are `<redacted>`.
///
/// The bytes come out only through ``reveal()`` and ``bytes``, so that every place where a secret leaves the type
/// can be found by those two names.
package struct Secret: Sendable, Hashable {
    /// The secret's bytes.
    package let bytes: [UInt8]

    /// Creates a secret of bytes.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Creates a secret of a text's UTF-8 bytes.
    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether the secret has no bytes.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Returns the secret as text; bytes that are no UTF-8 become U+FFFD.
    package func reveal() -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What every rendering of a secret shows.
    package static let redaction = "<redacted>"

    package var description: String { Self.redaction }

    package var debugDescription: String { Self.redaction }

    /// A mirror without children, since `dump` and test failures would show the private storage otherwise.
    package var customMirror: Mirror {
        Mirror(self, children: EmptyCollection<Mirror.Child>())
    }
}
