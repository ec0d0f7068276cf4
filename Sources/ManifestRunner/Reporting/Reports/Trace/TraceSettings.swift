internal import FoundationEssentials
internal import HTTPTransport
internal import ProcessEnvironment

/// Where a trace is sent and as what, from OpenTelemetry's own variables.
///
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
struct TraceSettings: Sendable {
    /// How long a run waits for its trace to be taken where it is not told, and at the longest.
    static let usualWait = Duration.seconds(3)
    static let longestWait = Duration.seconds(10)

    /// The URL that spans are posted to.
    let url: String
    /// Further header fields, which may hold a key.
    let headers: [(name: String, value: Secret)]
    /// How long the sending may take in all.
    var timeout: Duration
    let tls: TLSSettings
    /// What describes this program: `service.name` and more.
    let resource: [(name: String, value: String)]
    /// What the run is part of.
    let parent: TraceContext?

    /// Reads the variables; nil where no trace is wanted.
    ///
    /// What is wrong with them is added to `warnings`, and never keeps
    /// a run from going on.
    init?(environment: EnvironmentVariables, warnings: inout [String]) {
        guard environment["OTEL_SDK_DISABLED"]?.lowercased() != "true" else { return nil }
        func value(_ name: String) -> String? {
            environment.nonEmpty("OTEL_EXPORTER_OTLP_TRACES_\(name)")
                ?? environment.nonEmpty("OTEL_EXPORTER_OTLP_\(name)")
        }
        if let own = environment.nonEmpty("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
            url = own
        } else if let base = environment.nonEmpty("OTEL_EXPORTER_OTLP_ENDPOINT") {
            url = base + (base.hasSuffix("/") ? "" : "/") + "v1/traces"
        } else {
            return nil
        }
        guard environment.nonEmpty("OTEL_TRACES_EXPORTER").map({ $0.split(separator: ",").contains("otlp") }) ?? true
        else {
            return nil
        }
        if let wanted = value("PROTOCOL"), wanted != "http/json", wanted != "http/protobuf" {
            warnings.append(
                "no trace is sent: OTEL_EXPORTER_OTLP_PROTOCOL is \(ReportNames.line(String(wanted.prefix(40)))), and only "
                    + "http/json can be sent here, most often to port 4318"
            )
            return nil
        }
        headers = Self.pairs(value("HEADERS"), "OTEL_EXPORTER_OTLP_HEADERS", &warnings).map {
            ($0.name, Secret($0.value))
        }
        let given = value("TIMEOUT").flatMap { Int($0) }.map { Duration.milliseconds(max($0, 1)) }
        timeout = given.map { min($0, Self.longestWait) } ?? Self.usualWait
        tls = TLSSettings(
            authorities: value("CERTIFICATE"),
            clientCertificate: value("CLIENT_CERTIFICATE"),
            clientKey: value("CLIENT_KEY")
        )
        let attributes = Self.pairs(
            environment.nonEmpty("OTEL_RESOURCE_ATTRIBUTES"),
            "OTEL_RESOURCE_ATTRIBUTES",
            &warnings
        )
        let ownName = environment.nonEmpty("OTEL_SERVICE_NAME")
        let givenName = attributes.last { $0.name == "service.name" }?.value
        resource =
            [("service.name", ownName ?? givenName ?? "okteto-run")] + attributes.filter { $0.name != "service.name" }
        parent = environment.nonEmpty("TRACEPARENT").flatMap { text in
            let context = TraceContext(parent: text, state: environment.nonEmpty("TRACESTATE"))
            if context == nil { warnings.append("TRACEPARENT is not well formed: the run begins a trace of its own") }
            return context
        }
    }

    /// Reads `key1=value1,key2=value2` with values in percent-encoding, as W3C's Baggage has it.
    ///
    /// Values may be secrets: a warning has the place of what is wrong alone.
    private static func pairs(
        _ text: String?,
        _ variable: String,
        _ warnings: inout [String]
    ) -> [(name: String, value: String)] {
        guard let text else { return [] }
        var result: [(name: String, value: String)] = []
        for (index, member) in text.split(separator: ",").enumerated() {
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmed
            guard parts.count == 2, !name.isEmpty, let value = Self.decoded(parts[1].trimmed) else {
                warnings.append("entry \(index + 1) of \(variable) is not NAME=VALUE and is left out")
                continue
            }
            result.append((String(name), value))
        }
        return result
    }

    /// Returns text without its percent-encoding, or nil where that is not well formed or no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, rest.prefix(2).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension Substring {
    /// The text without spaces and tabs around it.
    fileprivate var trimmed: Substring {
        let front = drop { $0 == " " || $0 == "\t" }
        let end = front.lastIndex { $0 != " " && $0 != "\t" }
        return end.map { front[...$0] } ?? ""
    }
}
