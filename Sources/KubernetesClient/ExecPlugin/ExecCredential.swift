internal import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment

/// What an exec plug-in prints.
struct ExecCredential: Sendable {
    /// Why a text is none.
    struct Malformed: Error {
        /// To follow the plug-in's name: `printed no JSON`.
        let reason: String
    }

    private struct Document: Decodable {
        let apiVersion: String?
        let kind: String?
        let status: Status?

        struct Status: Decodable {
            let token: String?
            let clientCertificateData: String?
            let clientKeyData: String?
            let expirationTimestamp: String?
        }
    }

    /// A bearer token.
    let token: Secret?
    /// A client certificate with its key.
    let identity: ClientIdentity?
    /// When it ends, by the clock of whoever issued it; nil where that is not told.
    let expiration: Date?

    /// Reads what a plug-in of that version printed.
    init(_ output: Secret, version: String) throws(Malformed) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(output.bytes))
        } catch {
            // The decoder's own words may have a piece of the text.
            throw Malformed(reason: "printed something that is no ExecCredential in JSON")
        }
        guard document.kind == "ExecCredential", document.apiVersion == version else {
            throw Malformed(reason: "printed another kind or version than ExecCredential of \(version)")
        }
        let status = document.status
        let text = status?.token ?? ""
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Malformed(reason: "printed a token with characters that no token has")
        }
        token = text.isEmpty ? nil : Secret(text)
        switch (status?.clientCertificateData ?? "", status?.clientKeyData ?? "") {
        case ("", ""): identity = nil
        case (let certificate, let key) where !certificate.isEmpty && !key.isEmpty:
            identity = ClientIdentity(certificate: Array(certificate.utf8), key: Secret(key))
        default: throw Malformed(reason: "printed a certificate without its key, or a key without its certificate")
        }
        if let time = status?.expirationTimestamp, !time.isEmpty {
            guard let date = try? Date(time, strategy: Date.ISO8601FormatStyle()) else {
                throw Malformed(reason: "printed an expirationTimestamp that is no time")
            }
            expiration = date
        } else {
            expiration = nil
        }
        guard token != nil || identity != nil else {
            throw Malformed(reason: "printed neither a token nor a client certificate")
        }
    }

    /// What must be masked in all output.
    var secrets: [Secret] { [token, identity?.key].compactMap { $0 } }
}
