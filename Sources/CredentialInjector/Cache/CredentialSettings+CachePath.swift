package import ProcessEnvironment

extension CredentialSettings {
    /// Returns the folder in which credentials are kept where that is asked for; nil where the environment names none.
    package static func cachePath(_ environment: EnvironmentVariables) -> String? {
        try? CacheFolder.standardPath(environment)
    }
}
