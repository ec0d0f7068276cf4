package import ProcessEnvironment

/// The tokens that GitLab puts into variables of a job, under names that the job chooses (`id_tokens`).
///
/// https://docs.gitlab.com/ci/secrets/id_token_authentication/
package struct GitLabTokenSource: IdentityTokenSource {
    private let environment: EnvironmentVariables
    private let audience: String?

    /// Creates a source that looks for a token of one audience, or for the only one.
    package init(environment: EnvironmentVariables, audience: String?) {
        self.environment = environment
        self.audience = audience
    }

    package var name: String { TokenSourceDescription.gitLab.description }

    /// Returns the names of the variables that hold an identity token of the job's GitLab, sorted.
    static func variables(in environment: EnvironmentVariables) -> [String] {
        tokens(in: environment).map(\.name)
    }

    private static func tokens(in environment: EnvironmentVariables) -> [(name: String, token: IdentityToken)] {
        guard let server = environment.nonEmpty("CI_SERVER_URL") else { return [] }
        return environment.names.compactMap { name in
            // A JWS begins with the base64url form of {", which spares the decoding of everything else.
            guard !name.hasPrefix("CI_"), let bytes = environment.bytes(of: name), bytes.starts(with: "eyJ".utf8),
                let token = try? IdentityToken(Secret(bytes: bytes), from: name), token.claims.issuer == server
            else { return nil }
            return (name, token)
        }
    }

    package func fetch() async throws(CredentialError) -> Secret {
        let all = Self.tokens(in: environment)
        let fitting = all.filter { audience.map($0.token.claims.isFor) ?? true }
        let seen = all.map { found in
            "\(DisplayText.clean(found.name)): aud "
                + found.token.claims.audiences.map { DisplayText.clean($0, limit: 200) }.joined(separator: ", ")
        }
        guard let first = fitting.first else {
            let wanted = audience.map { " for audience '\(DisplayText.clean($0, limit: 200))'" } ?? ""
            throw CredentialError(
                .tokenSource,
                "no variable of this GitLab job holds an identity token\(wanted)",
                details: seen,
                nextStep: "give the job 'id_tokens: AWS_TOKEN: aud: AUDIENCE' with the audience of --audience"
            )
        }
        guard fitting.count == 1 else {
            throw CredentialError(
                .tokenSource,
                "more than one variable of this GitLab job holds a fitting identity token",
                details: seen,
                nextStep: "choose by the audience (--audience), or name the variable with --token-env"
            )
        }
        return first.token.secret
    }
}
