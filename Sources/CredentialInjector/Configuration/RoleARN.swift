/// The name of an IAM role: `arn:PARTITION:iam::ACCOUNT:role/PATH`.
package struct RoleARN: Sendable, Hashable, CustomStringConvertible {
    /// The whole name.
    package let text: String
    /// The partition, as `aws` or `aws-cn`.
    package let partition: String
    /// The account's number; empty on services that have no accounts.
    package let account: String
    /// The path and name of the role, after `role/`.
    package let path: String

    /// Creates a role's name from text, or returns nil when the text is none.
    ///
    /// The account is 12 digits, except that with `allowsAnyAccount` it may be empty or letters, as on services that
    /// speak the AWS protocols elsewhere.
    package init?(_ text: String, allowsAnyAccount: Bool = false) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, (20...2048).contains(text.utf8.count),
            parts[0] == "arn", parts[2] == "iam", parts[3].isEmpty,
            parts[1].hasPrefix("aws"), parts[1].utf8.allSatisfy(Self.isPartition),
            parts[5].hasPrefix("role/")
        else { return nil }
        let account = parts[4].utf8
        let isNumber = account.count == 12 && account.allSatisfy { (0x30...0x39).contains($0) }
        let isLoose = allowsAnyAccount && account.count <= 64 && account.allSatisfy(Self.isWord)
        let path = parts[5].dropFirst("role/".count)
        guard isNumber || isLoose, let last = path.utf8.last, last != UInt8(ascii: "/"),
            path.utf8.allSatisfy({ Self.isWord($0) || "+=,.@-/".utf8.contains($0) })
        else { return nil }
        self.text = text
        partition = String(parts[1])
        self.account = String(parts[4])
        self.path = String(path)
    }

    package var description: String { text }

    private static func isPartition(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
