internal import ProcessEnvironment

/// An answer of the endpoint: a status and a JSON object, after which the connection is closed.
struct EndpointAnswer: Sendable {
    let status: Int
    private let reason: String
    /// The object; that of credentials is secret.
    private let body: Secret

    static let malformed = EndpointAnswer(400, "Bad Request", code: "BadRequest", "the request is not one of HTTP/1.1")
    static let body = EndpointAnswer(400, "Bad Request", code: "BadRequest", "a request has no body here")
    static let tooLarge = EndpointAnswer(
        431,
        "Request Header Fields Too Large",
        code: "BadRequest",
        "the request is too large"
    )
    static let foreign = EndpointAnswer(
        403,
        "Forbidden",
        code: "Forbidden",
        "this endpoint is for programs of the phase, at the address that they were given"
    )
    static let unauthorized = EndpointAnswer(
        403,
        "Forbidden",
        code: "AccessDenied",
        "the Authorization header does not have the value of AWS_CONTAINER_AUTHORIZATION_TOKEN"
    )
    static let method = EndpointAnswer(405, "Method Not Allowed", code: "MethodNotAllowed", "only GET is known here")
    static let notFound = EndpointAnswer(
        404,
        "Not Found",
        code: "NotFound",
        "credentials are at the path of AWS_CONTAINER_CREDENTIALS_FULL_URI"
    )

    /// The credentials, in the form of the container credentials of Amazon ECS.
    ///
    /// `RoleArn` is there because some SDKs take nothing without it.
    static func credentials(_ credentials: TemporaryCredentials, of role: RoleARN) -> EndpointAnswer {
        let body = JSONValue.object([
            "RoleArn": .string(role.text),
            "AccessKeyId": .string(credentials.accessKeyID),
            "SecretAccessKey": .string(credentials.secretAccessKey.reveal()),
            "Token": .string(credentials.sessionToken.reveal()),
            "Expiration": .string(credentials.expirationText),
            "AccountId": credentials.accountID.map(JSONValue.string),
        ])
        return EndpointAnswer(status: 200, reason: "OK", body: Secret(body.compact))
    }

    /// Why there are no credentials: 503 where asking again may help, else 403, which SDKs do not repeat.
    static func failure(_ error: CredentialError) -> EndpointAnswer {
        switch error.kind {
        case .temporary, .cancelled:
            EndpointAnswer(503, "Service Unavailable", code: "ServiceUnavailable", error.message)
        case .settings, .refused:
            EndpointAnswer(403, "Forbidden", code: error.serviceCode ?? "CredentialsRefused", error.message)
        }
    }

    private init(status: Int, reason: String, body: Secret) {
        self.status = status
        self.reason = reason
        self.body = body
    }

    private init(_ status: Int, _ reason: String, code: String, _ message: String) {
        let body = JSONValue.object(["code": .string(code), "message": .string(message)])
        self.init(status: status, reason: reason, body: Secret(body.compact))
    }

    /// The bytes to send.
    var bytes: [UInt8] {
        let allow = status == 405 ? "Allow: GET\r\n" : ""
        let head = """
            HTTP/1.1 \(status) \(reason)\r
            Content-Type: application/json\r
            Content-Length: \(body.bytes.count)\r
            Cache-Control: no-store\r
            \(allow)Connection: close\r
            \r

            """
        return Array(head.utf8) + body.bytes
    }
}
