package import ProcessEnvironment

/// A token that a command prints on its standard output.
package struct CommandTokenSource: IdentityTokenSource {
    private let words: [String]
    private let environment: EnvironmentVariables
    private let timeout: Duration
    private let nextStep: String

    package let name: String

    /// Creates a source that runs `words`, a program and its arguments, with exactly `environment`.
    ///
    /// Without a `name` it is the program's; `nextStep` is what to do when it fails.
    package init(
        words: [String],
        environment: EnvironmentVariables,
        timeout: Duration = .seconds(30),
        name: String? = nil,
        nextStep: String = "run the command by itself and see that it prints the token alone"
    ) {
        self.words = words
        self.environment = environment
        self.timeout = timeout
        self.name = name ?? TokenSourceDescription.command(words).description
        self.nextStep = nextStep
    }

    package func fetch() async throws(CredentialError) -> Secret {
        let program = HelperProgram(
            words: words,
            environment: environment,
            timeout: timeout,
            maximumOutputBytes: IdentityToken.maximumSourceBytes
        )
        let result: HelperProgramResult
        do {
            result = try await program.run()
        } catch {
            guard error.code != .cancelled else { throw CredentialError(.cancelled, "cancelled") }
            throw CredentialError(
                .tokenSource,
                "the \(name) gave no token: \(DisplayText.clean(error.message))",
                details: standardError(error.standardError),
                nextStep: nextStep
            )
        }
        guard result.exitStatus == 0 else {
            throw CredentialError(
                .tokenSource,
                "the \(name) failed with exit status \(result.exitStatus)",
                details: standardError(result.standardError),
                nextStep: nextStep
            )
        }
        guard !result.standardOutput.isEmpty else {
            throw CredentialError(
                .tokenSource,
                "the \(name) printed nothing on its standard output",
                details: standardError(result.standardError),
                nextStep: nextStep
            )
        }
        return result.standardOutput
    }

    private func standardError(_ bytes: [UInt8]) -> [String] {
        // A program that says much of what it does may say what it was given.
        let said = SecretVariables.redact(String(decoding: bytes, as: UTF8.self), environment)
        let text = DisplayText.clean(said, limit: 1000)
        return text.isEmpty ? [] : ["its standard error: \(text)"]
    }
}
