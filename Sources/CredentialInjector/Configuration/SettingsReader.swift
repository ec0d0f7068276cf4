internal import ProcessEnvironment

/// Finds settings in the order of precedence: option, variable of okteto-run's, variables of the SDKs, the user's
/// credential settings, profile.
struct SettingsReader: Sendable {
    let environment: EnvironmentVariables
    /// The user's credential settings; nil where there are none, or only variables count.
    var configuration: UserConfiguration?
    /// The profile of the AWS tools; nil where there is none, or only variables count.
    var profile: AWSProfile?

    /// Creates a reader of options and variables alone.
    init(environment: EnvironmentVariables) {
        self.environment = environment
    }

    /// Returns the first that is set; an empty variable counts as not set.
    ///
    /// - Throws: ``CredentialError`` when the option is given but empty.
    func find(_ option: String?, _ name: String, _ variables: [String]) throws(CredentialError) -> Setting<String>? {
        if let option {
            guard !option.isEmpty else {
                throw CredentialError(.settings, "\(name) is empty", nextStep: "give it a value, or leave it out")
            }
            return Setting(option, from: .option(name))
        }
        for variable in variables {
            if let value = environment.nonEmpty(variable) { return Setting(value, from: .variable(variable)) }
        }
        return nil
    }

    /// Returns the first that is set of all that a setting may be set by.
    ///
    /// - Throws: ``CredentialError`` when the option is given but empty, or what a file says is not to be used.
    func find(_ option: String?, _ names: SettingNames) throws(CredentialError) -> Setting<String>? {
        if let found = try given(option, names) { return found }
        if let found = try standard(names) { return found }
        if let found = try configured(names) { return found }
        return try profiled(names)
    }

    /// Returns what the command line or a variable of okteto-run's says.
    func given(_ option: String?, _ names: SettingNames) throws(CredentialError) -> Setting<String>? {
        try find(option, names.option ?? "", names.ownVariable.map { [$0] } ?? [])
    }

    /// Returns what a variable of the SDKs says.
    func standard(_ names: SettingNames) throws(CredentialError) -> Setting<String>? {
        try find(nil, "", names.variables)
    }

    /// Returns what the user's credential settings say.
    func configured(_ names: SettingNames) throws(CredentialError) -> Setting<String>? {
        guard let field = names.field, let found = configuration?.fields[field] else { return nil }
        return try usable(found, names)
    }

    /// Returns what the profile says.
    func profiled(_ names: SettingNames) throws(CredentialError) -> Setting<String>? {
        guard let key = names.key, let found = try profile?.text(key) else { return nil }
        return try usable(found, names)
    }

    /// Returns whether a variable says `true`, in whatever case.
    func isTrue(_ variable: String) -> Bool {
        environment[variable]?.lowercased() == "true"
    }

    /// Returns whether a setting says `true`, in whatever case.
    ///
    /// - Throws: ``CredentialError`` when it says neither `true` nor `false`.
    func isTrue(_ names: SettingNames) throws(CredentialError) -> Bool {
        guard let found = try find(nil, names) else { return false }
        switch found.value.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(found.value, limit: 40))' (\(found.origin)) is neither true nor false",
                nextStep: "set it to true or false, or unset it"
            )
        }
    }

    private func usable(_ found: Setting<String>, _ names: SettingNames) throws(CredentialError) -> Setting<String> {
        guard names.isPath else { return found }
        guard let path = HomePath.expand(found.value, environment), path.hasPrefix("/") else {
            throw CredentialError(
                .settings,
                "'\(DisplayText.clean(found.value, limit: 200))' (\(found.origin)) is not an absolute path, and would be "
                    + "looked up in the folder of the repository",
                nextStep: "write the whole path, or begin it with ~/"
            )
        }
        return Setting(path, from: found.origin)
    }
}
