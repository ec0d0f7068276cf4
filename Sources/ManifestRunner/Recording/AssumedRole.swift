/// A role that has been assumed, without the credentials.
struct AssumedRole: Sendable, Hashable {
    /// The ARN of the session: arn:aws:sts::123456789012:assumed-role/name/session.
    let arn: String
    /// When the credentials end, as ISO 8601.
    let expiration: String
}
