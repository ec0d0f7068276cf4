/// The system and processor that an image is made for: `linux/arm64`, `linux/arm/v7`.
///
/// The words are those of the OCI image specification, where x86-64 is `amd64`.
package struct ImagePlatform: Sendable, Hashable, CustomStringConvertible {
    /// The system: `linux`.
    package let system: String
    /// The processor: `amd64`.
    package let architecture: String
    /// The processor's version, or nil: `v7`.
    package let variant: String?

    /// Creates the platform that `text` means; nil when it is not of the form `OS/ARCH` or `OS/ARCH/VARIANT`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard 2...3 ~= parts.count, parts.allSatisfy(Self.isWord) else { return nil }
        system = String(parts[0])
        architecture = String(parts[1])
        variant = parts.count == 3 ? String(parts[2]) : nil
    }

    package var description: String {
        "\(system)/\(architecture)" + (variant.map { "/\($0)" } ?? "")
    }

    /// Whether both are the same system and processor; a variant counts only where both have one.
    package func runs(_ other: ImagePlatform) -> Bool {
        guard system == other.system, architecture == other.architecture else { return false }
        guard let variant, let theirs = other.variant else { return true }
        return variant == theirs
    }

    private static func isWord(_ text: Substring) -> Bool {
        guard 1...32 ~= text.utf8.count, let first = text.utf8.first, isLetterOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        97...122 ~= byte || 48...57 ~= byte
    }
}
