internal import HTTPTransport
internal import ProcessEnvironment

/// The request `AssumeRoleWithWebIdentity` of the AWS Query protocol.
///
/// It is not signed: the identity token is what proves the caller. Everything is in the body, because proxies and
/// access logs keep URLs. See the STS API reference, version 2011-06-15.
struct WebIdentityRequest {
    let settings: CredentialSettings
    let token: IdentityToken

    /// The form, which holds the token.
    var body: Secret {
        var form = FormEncoder()
        // Percent-encoding at most triples a byte; the rest are names and short values.
        form.reserve(token.secret.bytes.count * 3 + (settings.sessionPolicy?.value.utf8.count ?? 0) * 3 + 32_768)
        form.append("Action", "AssumeRoleWithWebIdentity")
        form.append("Version", "2011-06-15")
        form.append("RoleArn", settings.roleARN.value.text)
        form.append("RoleSessionName", settings.sessionName.value)
        form.append("WebIdentityToken", token.secret.bytes)
        for (index, policy) in (settings.policyARNs?.value ?? []).enumerated() {
            form.append("PolicyArns.member.\(index + 1).arn", policy)
        }
        if let policy = settings.sessionPolicy { form.append("Policy", policy.value) }
        if let duration = settings.duration { form.append("DurationSeconds", String(duration.value)) }
        return Secret(bytes: form.bytes)
    }

    /// Returns the request, which may take until `total` is over.
    func httpRequest(total: Duration) -> HTTPRequest {
        HTTPRequest(
            method: "POST",
            url: settings.endpoint.value.url,
            headers: [
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                HTTPHeader("Accept", "application/xml, text/xml"),
                HTTPHeader("User-Agent", "okteto-run"),
            ],
            body: body,
            limits: HTTPLimits(connect: min(.seconds(5), total), total: total, maximumBodyBytes: XMLReader.maximumBytes)
        )
    }
}
