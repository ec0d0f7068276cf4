package import ProcessEnvironment

/// A token that a command prints on its standard output.
package struct CommandTokenSource: IdentityTokenSource {
    private let words: [String]
    private let environment: EnvironmentVariables
    private let timeout: Duration

    /// Creates a source that runs `words`, a program and its arguments, with exactly `environment`.
    package init(words: [String], environment: EnvironmentVariables, timeout: Duration = .seconds(30)) {
        self.words = words
        self.environment = environment
        self.timeout = timeout
    }

    package var name: String { TokenSourceDescription.command(words).description }

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
                nextStep: "run the command by itself and see that it prints the token alone"
            )
        }
        guard result.exitStatus == 0 else {
            throw CredentialError(
                .tokenSource,
                "the \(name) failed with exit status \(result.exitStatus)",
                details: standardError(result.standardError),
                nextStep: "run the command by itself and see that it prints the token alone"
            )
        }
        guard !result.standardOutput.isEmpty else {
            throw CredentialError(
                .tokenSource,
                "the \(name) printed nothing on its standard output",
                details: standardError(result.standardError)
            )
        }
        return result.standardOutput
    }

    private func standardError(_ bytes: [UInt8]) -> [String] {
        let text = DisplayText.clean(bytes, limit: 1000)
        return text.isEmpty ? [] : ["its standard error: \(text)"]
    }
}
