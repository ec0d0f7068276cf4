package import ProcessEnvironment

/// The caller's own credentials, with which the `aws` commands ask IAM; phases never get them.
package struct AdminCredentials: Sendable, Hashable {
    /// The key and its token.
    package let signing: SigningCredentials
    /// Where they came from.
    package let origin: SettingOrigin

    /// Creates credentials.
    package init(_ signing: SigningCredentials, from origin: SettingOrigin) {
        self.signing = signing
        self.origin = origin
    }

    /// What must be masked in all output.
    package var secrets: [Secret] { [signing.secretAccessKey] + (signing.sessionToken.map { [$0] } ?? []) }
}
