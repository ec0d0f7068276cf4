/// The claims of an identity token, as far as they matter here; read, not verified.
package struct TokenClaims: Sendable, Hashable {
    /// Who issued the token.
    package let issuer: String?
    /// Whom the token is about.
    package let subject: String?
    /// Whom the token is for: one or several.
    package let audiences: [String]
    /// The party that the token was issued to; AWS compares it with the expected audience when it is there.
    package let authorizedParty: String?
    /// When the token ends, in seconds since 1970.
    package let expiration: Double?
    /// Before when the token is not valid, in seconds since 1970.
    package let notBefore: Double?
    /// When the token was issued, in seconds since 1970.
    package let issuedAt: Double?

    /// Whether the token may be used for `audience`.
    package func isFor(_ audience: String) -> Bool {
        audiences.contains(audience) || authorizedParty == audience
    }
}

extension TokenClaims: Decodable {
    private enum CodingKeys: String, CodingKey {
        case iss
        case sub
        case aud
        case azp
        case exp
        case nbf
        case iat
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try values.decodeIfPresent(String.self, forKey: .iss)
        subject = try values.decodeIfPresent(String.self, forKey: .sub)
        if let one = try? values.decodeIfPresent(String.self, forKey: .aud) {
            audiences = [one]
        } else {
            audiences = try values.decodeIfPresent([String].self, forKey: .aud) ?? []
        }
        authorizedParty = try values.decodeIfPresent(String.self, forKey: .azp)
        expiration = try values.decodeIfPresent(Double.self, forKey: .exp)
        notBefore = try values.decodeIfPresent(Double.self, forKey: .nbf)
        issuedAt = try values.decodeIfPresent(Double.self, forKey: .iat)
    }
}
