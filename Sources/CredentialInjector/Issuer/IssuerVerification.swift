internal import FoundationEssentials
internal import HTTPTransport

/// Verifies a token against what its issuer publishes, as AWS does before it looks at a trust policy.
///
/// Nothing secret is sent: both documents are public. What fails here is told and is no reason not to try the exchange,
/// because AWS may reach what this machine does not, and the other way round.
struct IssuerVerification: Sendable {
    /// What the verification found out.
    struct Outcome: Sendable {
        let steps: [CheckStep]
        /// The time that the issuer's server told.
        let serverTime: Date?
    }

    let token: IdentityToken
    let authorities: Setting<String>?

    /// Returns the steps `issuer` and `signature`.
    func run() async -> Outcome {
        let issuer = token.claims.issuer ?? ""
        let fetcher = IssuerFetcher(authorities: authorities)
        do {
            let publication = try await IssuerPublication.fetch(issuer: issuer, fetcher)
            return Outcome(
                steps: [publication.step, signatureStep(publication.keys)],
                serverTime: publication.serverTime
            )
        } catch {
            let steps = [
                CheckStep("issuer", .warning, error.reason, notes: error.notes, nextStep: error.nextStep),
                CheckStep("signature", .skipped, "not verified: there are no keys of the issuer"),
            ]
            return Outcome(steps: steps, serverTime: nil)
        }
    }

    private func signatureStep(_ set: JSONWebKeySet) -> CheckStep {
        switch KeyChoice.verify(token, with: set) {
        case .failed(let reason, let nextStep):
            return CheckStep("signature", .failed, reason, nextStep: nextStep)
        case .verified(let key):
            let algorithm = token.header.alg ?? ""
            var facts = [CheckFact("algorithm", algorithm), CheckFact("key", key.kid ?? "(without a name)")]
            var notes: [String] = []
            if let bits = key.modulusBits {
                facts.append(CheckFact("size", "\(bits) bits"))
                if bits < 2048 { notes.append("AWS takes RSA keys from 2048 bits on") }
            }
            if key.kid == nil { notes.append("the key has no kid, which AWS needs to find it") }
            return CheckStep(
                "signature",
                notes.isEmpty ? .passed : .warning,
                "is the issuer's",
                facts: facts,
                notes: notes
            )
        }
    }
}
