package import ProcessEnvironment

/// A login for a private registry of Amazon ECR; it holds for twelve hours.
package struct ECRLogin: Sendable, Hashable {
    /// The user, `AWS`.
    package let user: String
    /// The password, or rather a token.
    package let password: Secret
}
