internal import CredentialInjector
internal import FoundationEssentials

/// Spans as the JSON that OTLP's HTTP endpoint takes (ExportTraceServiceRequest).
///
/// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: identifiers in hexadecimal, 64-bit numbers as text,
/// enumerations by number.
enum OTLPDocument {
    /// Returns the body of a request.
    static func body(
        _ spans: ArraySlice<TraceSpan>,
        traceID: String,
        settings: TraceSettings,
        start: Date,
        version: String
    ) -> [UInt8] {
        let resource = settings.resource.map { ($0.name, TraceSpan.Value.text($0.value)) }
        let document = JSONValue.object([
            "resourceSpans": .array([
                .object([
                    "resource": .object(["attributes": attributes(resource)]),
                    "scopeSpans": .array([
                        .object([
                            "scope": .object(["name": .string("okteto-run"), "version": .string(version)]),
                            "spans": .array(spans.map { value(of: $0, traceID, settings.parent?.state, start) }),
                        ])
                    ]),
                ])
            ])
        ])
        return Array(document.compact.utf8)
    }

    private static func value(of span: TraceSpan, _ traceID: String, _ state: String?, _ start: Date) -> JSONValue {
        // INTERNAL, but CLIENT for what asks a service.
        let isCall = if case .step(let step, _) = span.subject { step == .credentials || step == .pull } else { false }
        return .object([
            "traceId": .string(traceID),
            "spanId": .string(span.spanID),
            "parentSpanId": span.parentID.map { .string($0) },
            "traceState": state.map { .string($0) },
            "name": .string(span.name),
            "kind": .number(isCall ? "3" : "1"),
            "startTimeUnixNano": nanoseconds(start, span.span.start),
            "endTimeUnixNano": nanoseconds(start, span.span.end),
            "attributes": attributes(span.attributes),
            // ERROR; else it is left unset, which is what an instrumentation is to do.
            "status": span.failure.map { .object(["code": .number("2"), "message": .string($0)]) } ?? .object([]),
        ])
    }

    private static func attributes(_ attributes: [(name: String, value: TraceSpan.Value)]) -> JSONValue {
        .array(
            attributes.map { name, value in
                let typed: JSONValue =
                    switch value {
                    case .text(let text): .object(["stringValue": .string(text)])
                    case .number(let number): .object(["intValue": .string("\(number)")])
                    }
                return .object(["key": .string(name), "value": typed])
            }
        )
    }

    private static func nanoseconds(_ start: Date, _ elapsed: Duration) -> JSONValue {
        // A Date's own precision is some hundred nanoseconds; what matters is that all are reckoned from one.
        let base = Int64((start.timeIntervalSince1970 * 1_000_000).rounded()) * 1_000
        return .string("\(base + Int64(elapsed / .nanoseconds(1)))")
    }
}
