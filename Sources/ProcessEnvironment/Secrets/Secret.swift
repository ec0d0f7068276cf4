internal import CPlatform
internal import Synchronization

/// A value that no rendering shows: its description, its debug description, its mirror and a dump are `<redacted>`.
///
/// The bytes come out only through ``reveal()`` and ``bytes``, so that every place where a secret leaves the type
/// can be found by those two names. When the last holder of a secret lets go of it, its bytes are overwritten: the best that
/// can be done, not a guarantee, since what was made of them has its own.
package struct Secret: Sendable, Hashable {
    /// Keeps the bytes, and overwrites them at its end.
    private final class Storage: Sendable {
        let bytes: Mutex<[UInt8]>

        init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes) }

        deinit {
            bytes.withLock { bytes in
                // Should somebody else hold the array, this takes a copy, and that one's bytes stay.
                unsafe bytes.withUnsafeMutableBytes { unsafe oktetorun_wipe($0.baseAddress, $0.count) }
            }
        }
    }

    private let storage: Storage

    /// The secret's bytes.
    package var bytes: [UInt8] { storage.bytes.withLock { $0 } }

    /// Creates a secret of bytes.
    package init(bytes: [UInt8]) {
        storage = Storage(bytes)
    }

    /// Creates a secret of a text's UTF-8 bytes.
    package init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    package static func == (one: Secret, other: Secret) -> Bool { one.bytes == other.bytes }

    package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

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
