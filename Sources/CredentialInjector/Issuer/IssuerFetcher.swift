internal import FoundationEssentials
internal import HTTPTransport

/// Gets the public documents of an issuer.
struct IssuerFetcher: Sendable {
    /// A document and how its server was authenticated.
    struct Document: Sendable {
        let body: [UInt8]
        /// The certificates that the server presented, in PEM.
        let certificates: [String]
        /// Whether the server is trusted by the given authorities alone, and not by those of the system.
        let isPrivatelyTrusted: Bool
        let serverTime: Date?
    }

    let authorities: Setting<String>?

    /// Returns the document at a URL.
    ///
    /// AWS trusts the public authorities, so those are asked first; the file of `AWS_CA_BUNDLE` is for STS, and serves
    /// here only where it is what makes the issuer's server trusted.
    ///
    /// - Throws: ``IssuerProblem`` when there is none.
    func fetch(_ url: String) async throws(IssuerProblem) -> Document {
        do {
            return try await fetch(url, authorities: nil)
        } catch {
            guard error.code == .certificate, let authorities else { throw Self.problem(error, url) }
            do {
                return try await fetch(url, authorities: authorities.value)
            } catch {
                throw Self.problem(error, url)
            }
        }
    }

    private func fetch(_ url: String, authorities: String?) async throws(HTTPTransportError) -> Document {
        let client = HTTPClient(destination: .network, tls: TLSSettings(authorities: authorities))
        var request = HTTPRequest(
            url: url,
            headers: [HTTPHeader("Accept", "application/json"), HTTPHeader("User-Agent", "okteto-run")],
            limits: HTTPLimits(connect: .seconds(5), total: .seconds(10), maximumBodyBytes: 1 << 20)
        )
        request.wantsCertificates = true
        let response = try await client.send(request)
        guard response.status == 200 else {
            throw HTTPTransportError(.badResponse, "it answers with HTTP status \(response.status)")
        }
        return Document(
            body: response.body,
            certificates: response.certificates,
            isPrivatelyTrusted: authorities != nil,
            serverTime: response.header("date").flatMap(ServiceTime.httpDate)
        )
    }

    private static func problem(_ error: HTTPTransportError, _ url: String) -> IssuerProblem {
        let reason = "\(DisplayText.clean(url, limit: 200)) cannot be read: \(DisplayText.clean(error.message))"
        switch error.code {
        case .certificate:
            return IssuerProblem(
                reason: reason,
                notes: ["AWS trusts such a server only by the thumbprint of its authority in the identity provider"],
                nextStep: "give the provider that thumbprint (aws iam update-open-id-connect-provider-thumbprint), or "
                    + "have the server present the whole chain of a public authority"
            )
        case .badResponse:
            return IssuerProblem(
                reason: reason,
                nextStep: "have the issuer publish its documents there; AWS needs them, and follows no redirect to "
                    + "another host"
            )
        case .badRequest:
            return IssuerProblem(reason: reason, nextStep: "the issuer must be an https URL, as AWS requires")
        default:
            return IssuerProblem(
                reason: reason,
                nextStep: "AWS must reach it from the internet; where this machine alone does not, nothing is wrong"
            )
        }
    }
}
