/// The user's credential settings: Okteto's own `DynamicConfig` document named `aws-credentials-config`.
///
/// It is accepted as `kubectl get -o yaml` prints it, alone or in a list. Beside the three fields that Okteto has
/// (`roleARN`, `region`, `audience`) `spec` may have the others of ``SettingNames``, which are okteto-run's own.
package struct UserConfiguration: Sendable, Hashable {
    /// The path of the file.
    package let path: String
    /// What is odd about the file but not wrong, in words.
    package let warnings: [String]
    /// The values of the fields of `spec` that are set.
    let fields: [String: Setting<String>]

    /// The name that the document must have.
    static let name = "aws-credentials-config"
}
