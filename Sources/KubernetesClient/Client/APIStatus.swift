internal import FoundationEssentials
internal import HTTPTransport

/// The document in which an API server says what it did not do.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
enum APIStatus {
    private struct Document: Decodable {
        let kind: String?
        let message: String?
    }

    /// Returns the message of an answer that is a Status; nil when it is none.
    static func message(of response: HTTPResponse) -> String? {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(response.body)),
            document.kind == "Status"
        else { return nil }
        return document.message ?? ""
    }
}
