internal import ProcessEnvironment

/// A program that keeps logins outside of files: `docker-credential-NAME`.
///
/// See https://github.com/docker/docker-credential-helpers.
struct CredentialHelper {
    private struct Answer: Decodable {
        let username: String?
        let secret: String?

        enum CodingKeys: String, CodingKey {
            case username = "Username"
            case secret = "Secret"
        }
    }

    /// Why a helper gave no login, in lower case and without anything secret.
    enum Failure: Error {
        case cancelled
        case failed(String)
    }

    let name: String
    let environment: EnvironmentVariables

    private var program: String { "docker-credential-\(name)" }

    /// Returns the login that the helper keeps for a registry, or nil when it keeps none.
    ///
    /// - Throws: ``Failure`` when the helper cannot be run, or says anything else.
    func login(for key: String) async throws(Failure) -> RegistryLogin? {
        // The name comes from a file and becomes the name of a program.
        guard !name.contains("/"), !name.contains("\0") else {
            throw .failed("'\(EngineText.printable(name))' cannot name a credential helper")
        }
        let helper = HelperProgram(
            words: [program, "get"],
            environment: environment,
            standardInput: Secret(key),
            maximumOutputBytes: 256 << 10
        )
        let result: HelperProgramResult
        do {
            result = try await helper.run()
        } catch {
            guard error.code != .cancelled else { throw .cancelled }
            throw .failed("\(shownProgram) gave no login: \(EngineText.printable(error.message))")
        }
        // Helpers tell of an error on standard output.
        let text = result.standardOutput.reveal()
        guard result.exitStatus == 0 else {
            if text.lowercased().contains("credentials not found") { return nil }
            // What has the form of an answer may hold a login, whatever the status says.
            let reason =
                text.isEmpty || text.contains("{") ? String(decoding: result.standardError, as: UTF8.self) : text
            throw .failed(
                "\(shownProgram) failed with exit status \(result.exitStatus): "
                    + EngineText.printable(reason.prefix(400))
            )
        }
        guard let answer = try? JSON.decode(Answer.self, from: result.standardOutput.bytes),
            let user = answer.username, let secret = answer.secret
        else { throw .failed("\(shownProgram) printed something else than a login") }
        guard !secret.isEmpty else { return nil }
        return user == "<token>" ? .identityToken(Secret(secret)) : .password(user: user, Secret(secret))
    }

    private var shownProgram: String { EngineText.printable(program) }
}
