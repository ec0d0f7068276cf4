internal import ProcessEnvironment

/// Finds settings in the order of precedence: option, then variables.
struct SettingsReader {
    let environment: EnvironmentVariables

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

    /// Returns whether a variable says `true`, in whatever case.
    func isTrue(_ variable: String) -> Bool {
        environment[variable]?.lowercased() == "true"
    }
}
