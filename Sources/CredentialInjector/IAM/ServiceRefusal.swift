internal import FoundationEssentials
internal import HTTPTransport

/// Tells why a signed request was refused, and what to do about it.
struct ServiceRefusal {
    let api: QueryAPI
    let action: String
    let subject: String

    /// Returns the error for an answer that is no success.
    func error(for response: HTTPResponse, now: Date) -> CredentialError {
        if 300..<400 ~= response.status {
            return CredentialError(
                .response,
                "\(api.endpoint.value.url) answered \(request) with a redirect (HTTP status \(response.status)), "
                    + "which is not followed",
                nextStep: "set AWS_ENDPOINT_URL_\(api.name) to the right URL, or unset it"
            )
        }
        let failure = STSFailure(
            status: response.status,
            body: response.body,
            requestID: response.header("x-amzn-requestid")
        )
        let said = [failure.code ?? "HTTP status \(failure.status)", failure.message].filter { !$0.isEmpty }
            .joined(separator: ": ")
        let isTransient = Self.isTransient(failure)
        var details = ["endpoint: \(api.endpoint.value.url)", "credentials: \(api.admin.origin)"]
        if let identifier = failure.requestID { details.append("request id: \(identifier)") }
        return CredentialError(
            isTransient ? .temporary : .refused,
            isTransient
                ? "\(api.name) cannot do \(request) now: \(said)" : "\(api.name) refused \(request): \(said)",
            details: details,
            nextStep: isTransient ? "try again later" : nextStep(failure, response, now),
            serviceCode: failure.code
        )
    }

    private var request: String { "\(api.prefix):\(action)" + (subject.isEmpty ? "" : " of \(subject)") }

    private static func isTransient(_ failure: STSFailure) -> Bool {
        switch failure.code {
        // The quota of a kind of entity: waiting does not help.
        case "LimitExceeded": false
        case "ConcurrentModification", "EntityTemporarilyUnmodifiable", "ServiceFailure": true
        default: failure.isTransient
        }
    }

    private func nextStep(_ failure: STSFailure, _ response: HTTPResponse, _ now: Date) -> String {
        let credentials = "the credentials (\(api.admin.origin))"
        switch failure.code {
        case "AccessDenied", "UnauthorizedOperation", "Unauthorized":
            return "allow the caller \(api.prefix):\(action), also in permissions boundaries and in the policies of the "
                + "organization, or give other credentials"
        case "InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClient", "InvalidToken", "AuthFailure":
            return "\(credentials) are not known there: check the key, and its AWS_SESSION_TOKEN where it has one"
        case "ExpiredToken", "RequestExpired":
            return "\(credentials) have expired: log in again"
        case "SignatureDoesNotMatch", "RequestTimeTooSkewed", "IncompleteSignature":
            if let server = response.header("date").flatMap(ServiceTime.httpDate),
                abs(server.timeIntervalSince(now)) > 240
            {
                return "set this machine's clock: it says \(ServiceTime.text(now)), the service's \(ServiceTime.text(server))"
            }
            return "check the secret key of \(credentials)"
        case "LimitExceeded": return "the account's quota is reached: remove what is not needed, or raise it"
        case "MalformedPolicyDocument": return "correct the policy"
        case "DeleteConflict": return "remove what depends on it first"
        case nil:
            return "check AWS_ENDPOINT_URL_\(api.name) and AWS_ENDPOINT_URL, and whether a proxy answers in its place"
        default: return "see what the service's words say"
        }
    }
}
