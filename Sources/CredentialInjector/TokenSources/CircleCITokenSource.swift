package import ProcessEnvironment

/// The token of a CircleCI job, or one of another audience that its own program requests.
///
/// https://circleci.com/docs/openid-connect-tokens/ and https://circleci.com/docs/oidc-tokens-with-custom-claims/
package struct CircleCITokenSource: IdentityTokenSource {
    private let environment: EnvironmentVariables
    private let audience: String?

    /// Creates a source; without an audience the job's own token is given.
    package init(environment: EnvironmentVariables, audience: String?) {
        self.environment = environment
        self.audience = audience
    }

    package var name: String { TokenSourceDescription.circleCI.description }

    package func fetch() async throws(CredentialError) -> Secret {
        let given = ["CIRCLE_OIDC_TOKEN_V2", "CIRCLE_OIDC_TOKEN"].compactMap { environment.bytes(of: $0) }
        if let bytes = given.first(where: { !$0.isEmpty }) {
            guard let audience else { return Secret(bytes: bytes) }
            if let token = try? IdentityToken(Secret(bytes: bytes), from: name), token.claims.isFor(audience) {
                return token.secret
            }
        }
        guard let audience else {
            throw CredentialError(
                .tokenSource,
                "this CircleCI job has no identity token: CIRCLE_OIDC_TOKEN_V2 is not set",
                nextStep:
                    "let the job use a context; a build of a fork needs 'Pass secrets to builds from forked pull requests'"
            )
        }
        // Only this claim can be chosen; the audience is no secret, so that it may stand in an argument.
        let claims = #"{"aud":"\#(Self.escaped(audience))"}"#
        return try await CommandTokenSource(
            words: ["circleci", "run", "oidc", "get", "--claims", claims],
            environment: environment,
            name: name,
            nextStep: "for another audience than the organization's id, the job's image must have the circleci program"
        ).fetch()
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..<"\u{20}": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }.joined()
    }
}
