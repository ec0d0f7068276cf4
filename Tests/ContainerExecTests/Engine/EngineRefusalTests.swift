import HTTPTransport
import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("What an engine says while something is sent to it")
struct EngineRefusalTests {
    private static let id = String(repeating: "ab", count: 32)

    /// Uploads pieces to an engine that answers with `pieces` as soon as it has read the head.
    private func upload(_ answer: [String]) async throws {
        let fake = try FakeEngine { _, _ in answer }
        try await fake.engine().upload(to: ContainerID(Self.id)) { sink throws(ContainerExecError) in
            for _ in 0..<200 { try sink([UInt8](repeating: 0x78, count: 64 << 10).span.bytes) }
        }
    }

    @Test(arguments: [
        (FakeEngine.response(404, #"{"message":"no such container"}"#), "no such container"),
        (
            [
                "HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n", "7\r\n{\"messa\r\n",
                "12;x=y\r\nge\":\"disk is full\"}\r\n0\r\n\r\n",
            ], "disk is full"
        ),
    ])
    func `what it refuses before the end is the error`(answer: [String], words: String) async throws {
        let error = await #expect(throws: ContainerExecError.self) { try await upload(answer) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `a connection that ends during an upload is an error`() async throws {
        let error = await #expect(throws: ContainerExecError.self) { try await upload([""]) }
        #expect(error != nil)
    }

    @Test(arguments: [
        ("", ""), ("3\r\nabc\r\n0\r\n\r\n", "abc"), ("3;name=value\r\nabc\r\n2\r\nde\r\n", "abcde"),
        ("9\r\nabc", ""), ("x\r\nabc\r\n", ""), ("-1\r\nabc\r\n", ""), ("3", ""),
        ("7fffffffffffffff\r\nabc\r\n", ""),
    ])
    func `of a body in chunks those are read that are whole`(text: String, data: String) {
        #expect(ResponseBody.unchunk(Array(text.utf8)) == Array(data.utf8))
    }

    @Test func `a message of the engine among the frames is told, cut to a bound and without line breaks`() {
        func messages(_ pieces: [[UInt8]]) -> [String?] {
            var frames = FrameDemultiplexer()
            return pieces.map { piece in
                frames.consume(piece.span.bytes) { _, _ in Issue.record("no output was sent") }
            }
        }
        let text = Array("it broke\nbadly".utf8)
        let frame: [UInt8] = [3, 0, 0, 0, 0, 0, 0, UInt8(text.count)] + text
        #expect(messages([Array(frame[..<12]), Array(frame[12...])]) == [nil, "the engine says: it brokebadly"])
        let payload = [UInt8](repeating: 0x78, count: 10_000)
        let long = messages([[3, 0, 0, 0, 0, 0, 0x27, 0x10] + payload])
        #expect(long.first??.count == 4_096 + "the engine says: ".count)
    }

    @Test func `a port that speaks TLS is told`() throws {
        let endpoint = try EngineEndpoint.host("tcp://h:1", tls: nil, environment: [:])
        let candidate = EngineCandidate(endpoint: endpoint, origin: .variable("DOCKER_HOST"))
        let text = "status 400: Client sent an HTTP request to an HTTPS server"
        let attempt = EngineAttempt(candidate: candidate, outcome: .stranger(text))
        #expect(ConnectionAdvice.find(for: attempt)?.contains("DOCKER_TLS_VERIFY=1") == true)
    }

    @Test(arguments: [
        (HTTPTransportError.Code.tls, "alert certificate required", "cert.pem and key.pem"),
        (.interrupted, "getpeername() failed", "cert.pem and key.pem"),
        (.certificate, "self signed certificate", "must be signed by the ca.pem"),
        (.tls, "wrong version number", "does not seem to speak TLS"),
    ])
    func `what is wrong with TLS has its own advice`(code: HTTPTransportError.Code, text: String, words: String) throws
    {
        let endpoint = try EngineEndpoint.host("tcp://h:1", tls: TLSSettings(), environment: [:])
        let candidate = EngineCandidate(endpoint: endpoint, origin: .variable("DOCKER_HOST"))
        let attempt = EngineAttempt(candidate: candidate, outcome: .silent(HTTPTransportError(code, text)))
        #expect(ConnectionAdvice.find(for: attempt)?.contains(words) == true)
        let error = EngineAttempt.error(for: .docker, [attempt])
        #expect(error.hint?.contains(words) == true)
    }

    @Test func `a socket that is forbidden names whom to ask`() throws {
        let candidate = EngineCandidate(endpoint: try .unixSocket("/x.sock"), origin: .knownSocket)
        let attempt = EngineAttempt(candidate: candidate, outcome: .obstacle(.forbidden))
        let error = EngineAttempt.error(for: .automatic, [attempt])
        #expect(error.message.contains("/x.sock: permission denied"))
        #expect(error.hint?.contains("membership of the group docker") == true)
    }
}
