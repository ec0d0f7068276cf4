package import ProcessEnvironment

/// The profiles of the AWS tools: what `~/.aws/config` and `~/.aws/credentials` say together.
///
/// They are read as botocore reads them. In the configuration file a profile is a section `[profile NAME]`, or
/// `[default]`; in the credentials file it is `[NAME]`, and what stands there wins.
/// See https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html.
package struct SharedConfiguration: Sendable, Hashable {
    /// The two files, whether they exist or not.
    package let paths: [String]
    private let profiles: [String: [ProfileEntry]]
    private let services: [String: INISection]

    /// Reads the files that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name, or those in `HOME`.
    ///
    /// `environment` is what the process was started with. A file that does not exist counts as empty.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when a file cannot be read or is malformed.
    package static func load(environment: EnvironmentVariables) throws(CredentialError) -> SharedConfiguration {
        let configuration = try path("AWS_CONFIG_FILE", "config", environment).map(ProfileFile.read)
        let credentials = try path("AWS_SHARED_CREDENTIALS_FILE", "credentials", environment).map(ProfileFile.read)
        return SharedConfiguration(configuration: configuration, credentials: credentials)
    }

    init(configuration: ProfileFile?, credentials: ProfileFile?) {
        paths = [configuration, credentials].compactMap { $0?.path }
        var profiles: [String: [ProfileEntry]] = [:]
        var services: [String: INISection] = [:]
        for section in configuration?.sections ?? [] {
            let words = ShellWords.split(section.header) ?? []
            if section.header == "default" {
                profiles["default"] = Self.entries(section, configuration)
            } else if words.count == 2, words[0] == "profile" {
                // Of [profile x] and [profile "x"], and of [default] and [profile default], the later counts alone.
                profiles[words[1]] = Self.entries(section, configuration)
            } else if words.count == 2, words[0] == "services" {
                services[words[1]] = section
            }
        }
        for section in credentials?.sections ?? [] {
            let entries = Self.entries(section, credentials)
            let keys = Set(entries.map(\.entry.key))
            profiles[section.header, default: []].removeAll { keys.contains($0.entry.key) }
            profiles[section.header, default: []] += entries
        }
        self.profiles = profiles
        self.services = services
    }

    /// The names of all profiles, sorted.
    package var names: [String] { profiles.keys.sorted() }

    /// Returns the profile of that name, or nil when there is none.
    package func profile(_ name: String) -> AWSProfile? {
        profiles[name].map { AWSProfile(name: name, entries: $0, services: services) }
    }

    private static func entries(_ section: INISection, _ file: ProfileFile?) -> [ProfileEntry] {
        section.entries.map { ProfileEntry(entry: $0, isWritableByAll: file?.isWritableByAll ?? false) }
    }

    /// Returns where a file is; nil when neither its variable nor `HOME` says so.
    private static func path(_ variable: String, _ name: String, _ environment: EnvironmentVariables) -> String? {
        guard let path = environment.nonEmpty(variable) else {
            return HomePath.expand("~/.aws/" + name, environment)
        }
        return HomePath.expand(path, environment) ?? path
    }
}
