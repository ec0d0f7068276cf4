/// The protected header of an identity token, as far as it matters here.
package struct TokenHeader: Sendable, Hashable, Decodable {
    /// The name of the signature's algorithm.
    package let alg: String?
    /// The identifier of the signing key.
    package let kid: String?
}
