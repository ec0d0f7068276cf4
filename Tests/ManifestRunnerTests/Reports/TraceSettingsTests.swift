import HTTPTransport
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct TraceSettingsTests {
    private func settings(_ variables: [String: String]) -> (TraceSettings?, warnings: [String]) {
        var warnings: [String] = []
        let settings = TraceSettings(environment: EnvironmentVariables(variables), warnings: &warnings)
        return (settings, warnings)
    }

    private static let endpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"]

    @Test(arguments: [
        (["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"], "http://c:4318/v1/traces"),
        (["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c/otlp/"], "https://c/otlp/v1/traces"),
        (["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c/own"], "http://c/own"),
        (
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://d/t"],
            "http://d/t"
        ),
    ])
    func `the general endpoint is a folder, that of traces the whole address`(variables: [String: String], url: String)
    {
        #expect(settings(variables).0?.url == url)
    }

    @Test(arguments: [
        [:], ["OTEL_EXPORTER_OTLP_ENDPOINT": ""], endpoint.merging(["OTEL_SDK_DISABLED": "True"]) { $1 },
        endpoint.merging(["OTEL_TRACES_EXPORTER": "none"]) { $1 },
        endpoint.merging(["OTEL_TRACES_EXPORTER": "zipkin"]) { $1 },
    ])
    func `without an endpoint, or where it is switched off, there is none`(variables: [String: String]) {
        #expect(settings(variables).0 == nil && settings(variables).warnings.isEmpty)
    }

    @Test(arguments: ["http/json", "http/protobuf"])
    func `JSON is sent where HTTP is asked for`(name: String) {
        let (settings, warnings) = settings(Self.endpoint.merging(["OTEL_EXPORTER_OTLP_PROTOCOL": name]) { $1 })
        #expect(settings != nil && warnings.isEmpty)
    }

    @Test(arguments: ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"])
    func `where gRPC is asked for nothing is sent, and that is said`(name: String) {
        let (settings, warnings) = settings(Self.endpoint.merging([name: "grpc"]) { $1 })
        #expect(settings == nil && warnings.count == 1 && warnings[0].contains("grpc"))
    }

    @Test func `headers are decoded, and secrets`() {
        let (settings, warnings) = settings(
            Self.endpoint.merging(["OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20b%3D, x = y ,broken,=z,q=%zz,u=%ff"]) {
                $1
            }
        )
        #expect(settings?.headers.map(\.name) == ["api-key", "x"])
        #expect(settings?.headers.map { $0.value.reveal() } == ["a b=", "y"])
        #expect(
            warnings.count == 4
                && warnings[0] == "entry 3 of OTEL_EXPORTER_OTLP_HEADERS is not NAME=VALUE and is left out"
        )
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("a b="))
    }

    @Test func `the service has the name that is given, by either variable`() {
        func resource(_ variables: [String: String]) -> [String]? {
            settings(Self.endpoint.merging(variables) { $1 }).0?.resource.map { "\($0.name)=\($0.value)" }
        }
        #expect(resource([:]) == ["service.name=okteto-run"])
        #expect(resource(["OTEL_SERVICE_NAME": "s"]) == ["service.name=s"])
        #expect(
            resource(["OTEL_RESOURCE_ATTRIBUTES": "service.name=r,team=a%2Cb"]) == ["service.name=r", "team=a,b"]
        )
        #expect(
            resource(["OTEL_SERVICE_NAME": "s", "OTEL_RESOURCE_ATTRIBUTES": "service.name=r"]) == ["service.name=s"]
        )
    }

    @Test func `the time is bounded, whatever is asked for`() {
        func timeout(_ text: String?) -> Duration? {
            settings(Self.endpoint.merging(text.map { ["OTEL_EXPORTER_OTLP_TIMEOUT": $0] } ?? [:]) { $1 }).0?.timeout
        }
        #expect(timeout(nil) == .seconds(3) && timeout("60000") == .seconds(10) && timeout("500") == .milliseconds(500))
        #expect(timeout("-1") == .milliseconds(1) && timeout("soon") == .seconds(3))
    }

    @Test func `a TRACEPARENT that is wrong begins a new trace, and that is said`() {
        let (settings, warnings) = settings(Self.endpoint.merging(["TRACEPARENT": "x"]) { $1 })
        #expect(settings != nil && settings?.parent == nil && warnings.count == 1)
    }

    @Test func `certificates are handed on`() {
        let (settings, _) = settings(
            Self.endpoint.merging([
                "OTEL_EXPORTER_OTLP_CERTIFICATE": "/ca", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE": "/c",
                "OTEL_EXPORTER_OTLP_CLIENT_KEY": "/k",
            ]) { $1 }
        )
        #expect(
            settings?.tls.authorities == "/ca" && settings?.tls.clientCertificate == "/c"
                && settings?.tls.clientKey == "/k"
        )
    }
}
