internal import FoundationEssentials

/// What an issuer publishes: its discovery document and its keys.
struct IssuerPublication: Sendable {
    let issuer: String
    let keysURL: String
    let keys: JSONWebKeySet
    let serverTime: Date?
    private let keysDocument: IssuerFetcher.Document
    private let algorithms: [String]

    /// Gets both documents.
    ///
    /// - Throws: ``IssuerProblem`` when there is one missing, or it is not as AWS needs it.
    static func fetch(issuer: String, _ fetcher: IssuerFetcher) async throws(IssuerProblem) -> IssuerPublication {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let discoveryURL = base + "/.well-known/openid-configuration"
        let document = try await fetcher.fetch(discoveryURL)
        let discovery: DiscoveryDocument
        do {
            discovery = try JSONDecoder().decode(DiscoveryDocument.self, from: Data(document.body))
        } catch {
            throw IssuerProblem(
                reason: "\(shown(discoveryURL)) is no discovery document: it has no issuer and jwks_uri",
                nextStep: "have the issuer publish one, as OpenID Connect Discovery 1.0 says"
            )
        }
        guard discovery.issuer == issuer else {
            throw IssuerProblem(
                reason: "the issuer calls itself '\(shown(discovery.issuer))', and the token names '\(shown(issuer))'",
                nextStep: "make both the same, to the last slash: AWS compares them"
            )
        }
        // A document from elsewhere must not lead to services of this machine.
        guard discovery.jwksURI.lowercased().hasPrefix("https://") || issuer.lowercased().hasPrefix("http://") else {
            throw IssuerProblem(
                reason: "the issuer's jwks_uri '\(shown(discovery.jwksURI))' is no https URL",
                nextStep: "have the issuer publish its keys at an https URL, as AWS requires"
            )
        }
        let keysDocument = try await fetcher.fetch(discovery.jwksURI)
        guard let keys = JSONWebKeySet(keysDocument.body), !keys.keys.isEmpty else {
            throw IssuerProblem(
                reason: "\(shown(discovery.jwksURI)) has no keys that can be read",
                nextStep: "have the issuer publish a key set, as RFC 7517 says"
            )
        }
        return IssuerPublication(
            issuer: issuer,
            keysURL: discovery.jwksURI,
            keys: keys,
            serverTime: document.serverTime,
            keysDocument: keysDocument,
            algorithms: discovery.algorithms ?? []
        )
    }

    /// The publication as a step of a check.
    var step: CheckStep {
        let names = keys.keys.map { "\($0.kid ?? "(without a name)") \($0.kty)" }.joined(separator: ", ")
        var facts = [CheckFact("issuer", issuer), CheckFact("keys at", keysURL), CheckFact("keys", names)]
        if !algorithms.isEmpty { facts.append(CheckFact("algorithms", algorithms.joined(separator: ", "))) }
        if let thumbprint = CertificateThumbprint.of(chain: keysDocument.certificates) {
            facts.append(
                CheckFact("thumbprint", thumbprint, origin: "of certificate \(keysDocument.certificates.count)")
            )
        }
        return CheckStep(
            "issuer",
            notes.isEmpty ? .passed : .warning,
            "publishes \(keys.keys.count) key\(keys.keys.count == 1 ? "" : "s")",
            facts: facts,
            notes: notes
        )
    }

    private var notes: [String] {
        var notes: [String] = []
        if !issuer.lowercased().hasPrefix("https://") { notes.append("AWS takes issuers with https:// only") }
        if keysDocument.isPrivatelyTrusted {
            notes.append(
                "the system's authorities do not trust this server, AWS_CA_BUNDLE does: AWS needs the thumbprint in the "
                    + "identity provider"
            )
        }
        let repeated = keys.repeatedIdentifiers
        if !repeated.isEmpty {
            notes.append(
                "keys of the same name (\(repeated.map(Self.shown).joined(separator: ", "))), which AWS refuses"
            )
        }
        if keys.unreadable > 0 { notes.append("\(keys.unreadable) entries of the key set are no keys") }
        if keys.keys.count > 200 { notes.append("AWS reads 100 RSA and 100 EC keys at most") }
        return notes
    }

    private static func shown(_ text: String) -> String { DisplayText.clean(text, limit: 200) }
}
