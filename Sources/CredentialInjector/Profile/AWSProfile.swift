package import ProcessEnvironment

/// One profile of the AWS tools.
package struct AWSProfile: Sendable, Hashable {
    /// The profile's name.
    package let name: String
    private let entries: [ProfileEntry]
    private let services: [String: INISection]

    init(name: String, entries: [ProfileEntry], services: [String: INISection]) {
        self.name = name
        self.entries = entries
        self.services = services
    }

    /// Returns whether the profile has a value for `key`; an empty one counts as none.
    package func has(_ key: String) -> Bool {
        entries.contains { $0.entry.key == key && !$0.entry.value.isEmpty }
    }

    /// Returns the value of a key that is no secret, as `role_arn` or `region`; nil when it has none or an empty one.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when everybody may change the file that says it.
    package func text(_ key: String) throws(CredentialError) -> Setting<String>? {
        guard let found = try secret(key) else { return nil }
        return Setting(found.value.reveal(), from: found.origin)
    }

    /// Returns the value of a key that may be a secret, as `aws_secret_access_key`; nil when it has none or an empty
    /// one.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when everybody may change the file that says it.
    package func secret(_ key: String) throws(CredentialError) -> Setting<Secret>? {
        guard let found = entries.first(where: { $0.entry.key == key }), !found.entry.value.isEmpty else { return nil }
        guard !found.isWritableByAll else { throw Self.writable(found.entry) }
        return Setting(found.entry.value, from: origin(found.entry))
    }

    /// Returns the URL that the profile names for a service, as `sts` or `iam`: the one of its `services` section, else
    /// its own `endpoint_url`; nil when it names none.
    ///
    /// See https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
    ///
    /// - Throws: ``CredentialError`` of code `settings` when there is no such section, or everybody may change the file.
    package func endpoint(of service: String) throws(CredentialError) -> Setting<String>? {
        if let name = try text("services") {
            guard let section = services[name.value] else {
                throw CredentialError(
                    .settings,
                    "there is no section [services \(DisplayText.clean(name.value, limit: 80))] (\(name.origin))",
                    nextStep: "add it to the configuration file, or remove the key"
                )
            }
            if let entry = section.entries.first(where: { $0.key == service }),
                let url = entry.nested.first(where: { $0.key == "endpoint_url" }), !url.value.isEmpty
            {
                return Setting(url.value.reveal(), from: origin(url))
            }
        }
        return try text("endpoint_url")
    }

    private func origin(_ entry: INIEntry) -> SettingOrigin {
        .profile(key: entry.key, name: name, entry.place)
    }

    private static func writable(_ entry: INIEntry) -> CredentialError {
        let path = DisplayText.clean(entry.place.path)
        return CredentialError(
            .settings,
            "\(entry.place): everybody may change this file, so its '\(DisplayText.clean(entry.key, limit: 80))' is not "
                + "trusted",
            nextStep: "check what it says, and run: chmod o-w \(path)"
        )
    }
}
