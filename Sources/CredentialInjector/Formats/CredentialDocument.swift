package import ProcessEnvironment

/// Credentials as text for other programs; every one of these holds the secrets.
package enum CredentialDocument {
    /// Returns the object that `credential_process` of an AWS profile prints, on one line.
    ///
    /// See "Process credential provider" in the AWS SDKs and Tools Reference Guide. With the expiration an SDK knows when
    /// to ask again.
    package static func process(_ credentials: TemporaryCredentials) -> Secret {
        let document = JSONValue.object([
            "Version": .number("1"),
            "AccessKeyId": .string(credentials.accessKeyID),
            "SecretAccessKey": .string(credentials.secretAccessKey.reveal()),
            "SessionToken": .string(credentials.sessionToken.reveal()),
            "Expiration": .string(credentials.expirationText),
            "AccountId": credentials.accountID.map(JSONValue.string),
        ])
        return Secret(document.compact + "\n")
    }

    /// Returns variables as one JSON object of texts, on one line.
    package static func json(_ variables: EnvironmentVariables) -> Secret {
        let members = variables.names.map { JSONMember($0, .string(variables[$0] ?? "")) }
        return Secret(JSONValue.object(members).compact + "\n")
    }

    /// Returns variables as the lines of a `.env` file, in the single quotes between which no reader expands anything.
    ///
    /// - Throws: ``CredentialError`` for a value that has such a quote or a newline, which readers take differently.
    package static func dotenv(_ variables: EnvironmentVariables) throws(CredentialError) -> Secret {
        for name in variables.names where variables[name]?.contains(where: { $0 == "'" || $0.isNewline }) == true {
            throw CredentialError(
                .settings,
                "the value of \(name) cannot be written into a .env file: it has a quote or a newline",
                nextStep: "use --format json"
            )
        }
        return Secret(variables.names.map { "\($0)='\(variables[$0] ?? "")'\n" }.joined())
    }

    /// Returns the lines that set variables in a shell, and remove others.
    package static func shell(
        _ shell: ShellSyntax,
        setting variables: EnvironmentVariables,
        removing names: [String]
    ) -> Secret {
        let removals = names.map { shell.removal(of: $0) + "\n" }
        return Secret((removals + variables.names.map { shell.assignment($0, variables[$0] ?? "") + "\n" }).joined())
    }
}
