/// What an issuer says about itself (OpenID Connect Discovery 1.0 §4.2), as far as it matters here.
struct DiscoveryDocument: Sendable, Hashable, Decodable {
    let issuer: String
    let jwksURI: String
    let algorithms: [String]?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case jwksURI = "jwks_uri"
        case algorithms = "id_token_signing_alg_values_supported"
    }
}
