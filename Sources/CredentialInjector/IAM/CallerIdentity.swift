/// Whose credentials the caller has: the answer of `GetCallerIdentity`.
package struct CallerIdentity: Sendable, Hashable {
    /// The account's number.
    package let account: String
    /// The user or the role session.
    package let arn: String

    /// The partition, as `aws` or `aws-cn`.
    package var partition: String {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : "aws"
    }
}
