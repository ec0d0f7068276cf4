internal import CredentialInjector
internal import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment
internal import YAMLSource

/// Sends the trace of a run, when it is over.
struct TraceExporter: Sendable {
    /// How many spans a request has at most.
    private static let batch = 2_000

    let settings: TraceSettings
    let trace: RunTrace

    /// Sends the spans, within the settings' time, and returns what is to be told where they were not all taken.
    func export(_ record: RunRecord) async -> String? {
        guard trace.isSampled else { return nil }
        let deadline = ContinuousClock.now + settings.timeout
        var rest = trace.spans(of: record)[...]
        while !rest.isEmpty {
            let body = OTLPDocument.body(
                rest.prefix(Self.batch),
                traceID: trace.traceID,
                settings: settings,
                start: record.start,
                version: record.version
            )
            if let problem = await send(body, until: deadline) { return "the trace could not be sent: \(problem)" }
            rest = rest.dropFirst(Self.batch)
        }
        return nil
    }

    private func send(_ body: [UInt8], until deadline: ContinuousClock.Instant) async -> String? {
        var pause = Duration.milliseconds(200)
        while true {
            let left = deadline - .now
            guard left > .zero else { return "it took longer than \(RunTime.text(settings.timeout))" }
            let request = HTTPRequest(
                method: "POST",
                url: settings.url,
                headers: [HTTPHeader("Content-Type", "application/json")]
                    + settings.headers.map { HTTPHeader($0.name, $0.value.reveal()) },
                body: Secret(bytes: body),
                limits: HTTPLimits(connect: left, total: left, maximumBodyBytes: 64 << 10)
            )
            var problem: String
            var isTransient: Bool
            do throws(HTTPTransportError) {
                // The user has named the server, plain or not: collectors mostly listen without TLS in their own network.
                let response = try await HTTPClient(destination: .plainNetwork, tls: settings.tls).send(request)
                if response.isSuccess { return Self.rejection(response.body) }
                problem = "\(host) answered with status \(response.status)"
                isTransient = [429, 502, 503, 504].contains(response.status)
            } catch {
                problem = error.message
                isTransient = error.isTransient
            }
            guard isTransient, deadline - .now > pause * 2 else { return problem }
            try? await Task.sleep(for: pause)
            pause *= 2
        }
    }

    /// What a server says that took only a part.
    private static func rejection(_ body: [UInt8]) -> String? {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)),
            let partial = answer.partialSuccess,
            let count = partial.rejectedSpans, count != "0"
        else { return nil }
        let reason = partial.errorMessage.map { ": \(PrintableText.escaped($0, limit: 200))" } ?? ""
        return "the server took not all spans\(reason)"
    }

    private struct Answer: Decodable {
        let partialSuccess: Partial?
    }

    private struct Partial: Decodable {
        /// Text, or a number with servers that are not exact.
        let rejectedSpans: String?
        let errorMessage: String?

        enum CodingKeys: CodingKey {
            case rejectedSpans, errorMessage
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            errorMessage = try? container.decodeIfPresent(String.self, forKey: .errorMessage)
            if let text = try? container.decodeIfPresent(String.self, forKey: .rejectedSpans) {
                rejectedSpans = text
            } else {
                rejectedSpans = try container.decodeIfPresent(Int.self, forKey: .rejectedSpans).map { "\($0)" }
            }
        }
    }

    private var host: String {
        ReportNames.line(
            // Never more than the host: what is behind it may be a key.
            String(settings.url.split(separator: "/").dropFirst().first?.prefix { !"?#".contains($0) } ?? "the server")
        )
    }
}
