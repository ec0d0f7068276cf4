/// A version of the Docker Engine API: `1.41`.
package struct APIVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The part before the point.
    package let major: Int
    /// The part behind it.
    package let minor: Int

    /// The newest that this program was written for; see https://docs.docker.com/reference/api/engine/version-history/.
    static let newest = APIVersion(major: 1, minor: 55)
    /// The oldest that has all it needs: Docker 19.03.
    static let oldest = APIVersion(major: 1, minor: 40)

    /// Creates a version.
    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Creates the version that `text` means; nil when it is not of the form `1.41`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count < 6 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let major = Int(parts[0]), let minor = Int(parts[1])
        else { return nil }
        self.init(major: major, minor: minor)
    }

    package var description: String { "\(major).\(minor)" }

    package static func < (left: APIVersion, right: APIVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
