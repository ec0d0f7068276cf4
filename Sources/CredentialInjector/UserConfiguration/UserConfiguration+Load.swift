internal import ProcessEnvironment
internal import YAMLSource

extension UserConfiguration {
    /// Where the file is looked for below the user's configuration folder.
    private static let place = "okteto-run/aws-credentials-config.yaml"

    /// Reads the file that `--credentials-config` or `OKTETO_RUN_CREDENTIALS_CONFIG` names, else the one in
    /// `$XDG_CONFIG_HOME`, else the one in `~/.config`; nil when none is named and there is none.
    ///
    /// See https://specifications.freedesktop.org/basedir-spec/latest/.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when the file cannot be read, is not trusted, or is not such a
    ///   document. The file that nobody named must belong to the user or to root.
    static func load(option: String?, environment: EnvironmentVariables) throws(CredentialError) -> UserConfiguration? {
        let reader = SettingsReader(environment: environment)
        if let named = try reader.given(option, .configuration) {
            let path = HomePath.expand(named.value, environment) ?? named.value
            return try read(path, namedBy: named.origin)
        }
        guard let path = standardPath(environment) else { return nil }
        return try read(path, namedBy: nil)
    }

    /// Returns where a file is read that nobody names; nil when no home folder is known.
    static func standardPath(_ environment: EnvironmentVariables) -> String? {
        // A path that is not absolute is invalid and ignored, says the specification: it would lead into a repository.
        if let folder = environment.nonEmpty("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return "\(folder)/\(place)" }
        return HomePath.expand("~/.config/" + place, environment)
    }

    private static func read(
        _ path: String,
        namedBy origin: SettingOrigin?
    ) throws(CredentialError) -> UserConfiguration? {
        let shown = DisplayText.clean(path)
        let file: RegularFile
        do throws(RegularFileError) {
            file = try RegularFile.read(path, limit: YAMLLimits.bytes)
        } catch {
            guard let origin else {
                if error == .missing { return nil }
                throw CredentialError(
                    .settings,
                    "the credential settings \(shown) \(error.reason)",
                    nextStep: "put the DynamicConfig document there, or remove it"
                )
            }
            throw CredentialError(
                .settings,
                "the credential settings \(shown) (\(origin)) \(error.reason)",
                nextStep: "name the file that holds the DynamicConfig document"
            )
        }
        guard !file.isWritableByOthers(group: true) else {
            throw CredentialError(
                .settings,
                "others may change the credential settings \(shown), and so send the identity token elsewhere",
                nextStep: "check what the file says, and run: chmod go-w \(shown)"
            )
        }
        guard origin != nil || file.isOwn else {
            throw CredentialError(
                .settings,
                "the credential settings \(shown) belong to another user (uid \(file.owner))",
                nextStep: "make the file your own, or name it with --credentials-config"
            )
        }
        return try UserConfigurationDecoder.decode(SourceText(path: path, bytes: file.bytes))
    }
}
