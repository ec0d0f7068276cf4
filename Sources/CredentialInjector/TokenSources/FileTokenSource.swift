package import ProcessEnvironment

/// A token in a file, as Kubernetes and CI systems put it there.
///
/// The file is opened and read whole each time: Kubernetes replaces it under the same name when it rotates the token.
package struct FileTokenSource: IdentityTokenSource {
    private let path: String

    /// Creates a source that reads the file at `path`; symbolic links are followed.
    package init(path: String) {
        self.path = path
    }

    package var name: String { TokenSourceDescription.file(path: path).description }

    package func fetch() async throws(CredentialError) -> Secret {
        try await acquire().token
    }

    package func acquire() async throws(CredentialError) -> AcquiredToken {
        do {
            // A file may be on a network file system that hangs, so not on the cooperative pool.
            return try await DedicatedThread.run { try read() }
        } catch let error as CredentialError {
            throw error
        } catch {
            throw CredentialError(.tokenSource, "the \(name) cannot be read: \(error)")
        }
    }

    private func read() throws(CredentialError) -> AcquiredToken {
        let file: RegularFile
        do {
            file = try RegularFile.read(path, limit: IdentityToken.maximumSourceBytes)
        } catch {
            let reason = error == .tooLarge ? "is too large for an identity token" : error.reason
            throw CredentialError(
                .tokenSource,
                "the \(name) \(reason)",
                nextStep:
                    "point --token-file (or AWS_WEB_IDENTITY_TOKEN_FILE) to the file that holds the identity token"
            )
        }
        guard !file.bytes.isEmpty else {
            throw CredentialError(
                .tokenSource,
                "the \(name) is empty",
                nextStep: "check what writes it: a file that is renewed should be replaced, not emptied first"
            )
        }
        return AcquiredToken(Secret(bytes: file.bytes), warnings: warnings(about: file))
    }

    private func warnings(about file: RegularFile) -> [String] {
        // The kubelet's files are readable by everyone in the pod, which is how the pod's user can read them at all.
        let isKubelet = ["/var/run/secrets/", "/run/secrets/"].contains { path.hasPrefix($0) }
        var result: [String] = []
        if file.permissions & 0o002 != 0 {
            result.append("everyone on this machine may replace the identity token (\(name)): chmod o-w it")
        }
        if file.permissions & 0o004 != 0, !isKubelet {
            result.append("everyone on this machine may read the identity token (\(name)): chmod 600 it")
        }
        return result
    }
}
