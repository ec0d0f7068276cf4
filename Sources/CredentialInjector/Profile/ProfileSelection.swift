package import ProcessEnvironment

/// Which profile counts, and what is in it.
package struct ProfileSelection: Sendable, Hashable {
    /// The profile; nil when there is none of the name, or no `default` and nothing was named.
    package let profile: AWSProfile?
    /// The name, and who named it.
    package let name: Setting<String>
    /// That there is none of the name, in words; nil when there is one, or nothing was named.
    package let absence: CredentialError?

    /// Reads the files and selects the profile that `--profile`, `OKTETO_RUN_PROFILE`, `AWS_PROFILE` or
    /// `AWS_DEFAULT_PROFILE` names, else `default`, which need not exist.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when a file is malformed, or there is no profile of the name that
    ///   an option or a variable of okteto-run's gives. One of AWS's variables may be left over from something else,
    ///   so then the absence is only noted.
    package static func select(
        option: String?,
        environment: EnvironmentVariables
    ) throws(CredentialError) -> ProfileSelection {
        let reader = SettingsReader(environment: environment)
        let variables = ["OKTETO_RUN_PROFILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
        let name = try reader.find(option, "--profile", variables) ?? Setting("default", from: .standard)
        let configuration = try SharedConfiguration.load(environment: environment)
        let profile = configuration.profile(name.value)
        var absence: CredentialError?
        if profile == nil, name.origin != .standard {
            absence = noProfile(name, configuration)
            let isLeftOver = [.variable("AWS_PROFILE"), .variable("AWS_DEFAULT_PROFILE")].contains(name.origin)
            if let absence, !isLeftOver { throw absence }
        }
        return ProfileSelection(profile: profile, name: name, absence: absence)
    }

    private static func noProfile(_ name: Setting<String>, _ configuration: SharedConfiguration) -> CredentialError {
        let shown = DisplayText.clean(name.value, limit: 80)
        let paths = configuration.paths.map { DisplayText.clean($0) }.joined(separator: " nor in ")
        let known = configuration.names.prefix(20).map { DisplayText.clean($0, limit: 80) }.joined(separator: ", ")
        return CredentialError(
            .settings,
            "there is no profile '\(shown)' (\(name.origin)) in \(paths.isEmpty ? "any file: HOME is not set" : paths)",
            nextStep: known.isEmpty
                ? "add [profile \(shown)] to the configuration file, or do not name a profile"
                : "name one that is there: \(known)"
        )
    }
}
