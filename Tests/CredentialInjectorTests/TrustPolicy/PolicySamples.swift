import FoundationEssentials
import ProcessEnvironment

@testable import CredentialInjector

/// Makes trust policies and requests for tests.
enum PolicySamples {
    static let host = "issuer.example.com"
    static let provider = "arn:aws:iam::112233445566:oidc-provider/issuer.example.com"

    /// A statement that is for the token's provider and the exchange, with conditions.
    static func statement(
        _ conditions: String = "{}",
        effect: String = "Allow",
        principal: String = #"{"Federated": "\#(provider)"}"#,
        action: String = #""sts:AssumeRoleWithWebIdentity""#
    ) -> String {
        #"{"Effect": "\#(effect)", "Principal": \#(principal), "Action": \#(action), "Condition": \#(conditions)}"#
    }

    static func policy(_ statements: String..., version: String = "2012-10-17") throws -> TrustPolicy {
        try read(#"{"Version": "\#(version)", "Statement": [\#(statements.joined(separator: ","))]}"#)
    }

    static func read(_ text: String) throws -> TrustPolicy {
        try TrustPolicy(Array(text.utf8), from: "policy.json")
    }

    static func request(
        _ more: String = "",
        audience: String = #""okteto.example.com/us-east-2""#
    ) throws -> TrustRequest {
        let payload = TokenFactory.payload(audience: audience, more: more)
        let token = try TokenFactory.token(TokenFactory.text(payload: payload))
        return try TrustRequest(token: token, settings: try Samples.settings(audience: nil), now: TokenFactory.now)
    }

    static func explain(_ policy: TrustPolicy, _ request: TrustRequest? = nil) throws -> TrustExplanation {
        TrustEvaluator.explain(policy, try request ?? Self.request())
    }
}
