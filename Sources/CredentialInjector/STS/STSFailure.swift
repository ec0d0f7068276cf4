/// An answer of STS that is no success: its status and, where the body says so, code and message.
struct STSFailure: Sendable, Hashable {
    /// The HTTP status.
    let status: Int
    /// The error code without a suffix `Exception`, or nil when the body is no error document.
    let code: String?
    /// The service's own words, cleaned; empty on services that send none.
    let message: String
    /// The identifier by which the service's operators find the request.
    let requestID: String?

    /// Creates a failure from an answer's parts.
    ///
    /// Both shapes are read: `ErrorResponse` around `Error`, as STS sends, and a bare `Error`, as S3 and its likes do.
    init(status: Int, body: [UInt8], requestID header: String?) {
        let root = try? XMLReader.read(body)
        let error = root.flatMap { $0.name == "Error" ? $0 : $0.name == "ErrorResponse" ? $0["Error"] : nil }
        self.status = status
        code = Self.text(error?["Code"], limit: 80).map(Self.withoutSuffix)
        message = Self.text(error?["Message"], limit: 400) ?? ""
        requestID =
            Self.text(root?["RequestId"] ?? error?["RequestId"], limit: 80)
            ?? header.map { DisplayText.clean($0, limit: 80) }
    }

    /// Whether the same request may succeed a moment later.
    var isTransient: Bool {
        if status >= 500 || status == 429 { return true }
        switch code {
        case "IDPCommunicationError", "Throttling", "Throttled", "RequestThrottled",
            "RequestLimitExceeded", "SlowDown", "TooManyRequests", "BandwidthLimitExceeded", "LimitExceeded",
            "PriorRequestNotComplete", "EC2Throttled", "ProvisionedThroughputExceeded", "RequestTimeout",
            "TransactionInProgress",
            "InternalFailure", "InternalError", "ServiceUnavailable":
            return true
        case "InvalidIdentityToken":
            // The one case of this code in which the token is not at fault.
            return message.lowercased().contains("retrieve verification key")
        default: return false
        }
    }

    /// Whether a token fetched anew may be accepted where this one was not.
    var wantsFreshToken: Bool { code == "ExpiredToken" }

    private static func withoutSuffix(_ code: String) -> String {
        code.hasSuffix("Exception") && code != "Exception" ? String(code.dropLast("Exception".count)) : code
    }

    private static func text(_ element: XMLElement?, limit: Int) -> String? {
        guard let bytes = element?.trimmedText, !bytes.isEmpty else { return nil }
        let text = DisplayText.clean(bytes, limit: limit)
        return text.isEmpty ? nil : text
    }
}
