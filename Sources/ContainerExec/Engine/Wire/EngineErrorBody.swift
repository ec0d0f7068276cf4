/// The body of a response that is an error, and an error within a stream of progress.
///
/// Docker has `message`; Podman adds `cause` and `response`; streams have `error` or `errorDetail`.
struct EngineErrorBody: Decodable {
    struct Detail: Decodable {
        let message: String?
    }

    let message: String?
    let error: String?
    let errorDetail: Detail?

    /// The engine's words, or nil when the object is no error.
    var text: String? {
        [errorDetail?.message, error, message].compactMap { $0 }.first { !$0.isEmpty }
    }

    /// Returns the engine's words in the body of a response: those of its JSON, else the body itself.
    static func text(in body: [UInt8]) -> String {
        let words = (try? JSON.decode(EngineErrorBody.self, from: body))?.text
        return EngineText.printable(words ?? String(decoding: body.prefix(4_096), as: UTF8.self))
    }
}
