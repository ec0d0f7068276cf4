package import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The logins that the user has for registries, in the files and helper programs of Docker and Podman.
package struct RegistryLogins: Sendable {
    private let environment: EnvironmentVariables
    private let paths: [String]

    /// Creates the logins that an engine of `kind` would use, were it asked by its own program.
    ///
    /// Helper programs get exactly `environment`.
    package init(kind: EngineKind, environment: EnvironmentVariables, home: String?) {
        self.environment = environment
        paths = LoginFilePlaces(kind: kind, environment: environment, home: home, user: getuid()).paths
    }

    /// Returns the login for an image's registry; the first place that has one wins.
    ///
    /// Within a file that is `credHelpers`, then `credsStore`, then `auths`, as in Docker. A file that is broken and a
    /// helper that fails are warnings, because most images are public: the pull goes on without.
    ///
    /// - Throws: ``ContainerExecError`` when the image's name is none, or the task is cancelled.
    package func find(for image: String) async throws(ContainerExecError) -> RegistryLookup {
        let reference = try ImageReference(image)
        var lookup = RegistryLookup()
        for path in paths {
            guard let file = read(path, &lookup.warnings) else { continue }
            if let login = try await login(in: file, at: path, for: reference, &lookup.warnings) {
                lookup.login = login
                lookup.origin = path
                break
            }
        }
        return lookup
    }

    private func read(_ path: String, _ warnings: inout [String]) -> LoginFile? {
        // What does not exist, or is below what is no folder, is nothing to speak of.
        guard unsafe access(path, F_OK) == 0 else { return nil }
        guard let bytes = SmallFile.read(path) else {
            warnings.append("the logins of \(path) cannot be used: it cannot be read")
            return nil
        }
        guard !bytes.isEmpty else { return nil }
        do {
            return try JSON.decode(LoginFile.self, from: bytes)
        } catch {
            // The error itself may quote the file.
            warnings.append("the logins of \(path) cannot be used: it is not the JSON of such a file")
            return nil
        }
    }

    private func login(
        in file: LoginFile,
        at path: String,
        for reference: ImageReference,
        _ warnings: inout [String]
    ) async throws(ContainerExecError) -> RegistryLogin? {
        let keys = RegistryKeys.keys(for: reference)
        let hostKeys = RegistryKeys.hostKeys(reference.host)
        if let (name, key) = file.helper(for: keys) {
            return try await ask(name, for: [key], from: path, &warnings)
        }
        if let store = file.credsStore, !store.isEmpty {
            if let login = try await ask(store, for: hostKeys, from: path, &warnings) { return login }
        }
        guard let entry = file.entry(for: keys), !entry.isEmpty else { return nil }
        guard let login = entry.login else {
            warnings.append("the login for \(reference.host) in \(path) cannot be used: it is not well formed")
            return nil
        }
        return login
    }

    private func ask(
        _ name: String,
        for keys: [String],
        from path: String,
        _ warnings: inout [String]
    ) async throws(ContainerExecError) -> RegistryLogin? {
        for key in keys {
            do {
                let helper = CredentialHelper(name: name, environment: environment)
                if let login = try await helper.login(for: key) { return login }
            } catch {
                guard case .failed(let reason) = error else { throw ContainerExecError(.cancelled, "cancelled") }
                warnings.append("\(reason) (\(path) names it)")
                return nil
            }
        }
        return nil
    }
}
