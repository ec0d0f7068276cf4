import HTTPTransport
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

/// Token sources that are asked over HTTP.
@Suite(.timeLimit(.minutes(1))) struct EndpointSourceTests {
    private let clock = TestClock().clock

    private func actions(_ url: String, audience: String = "okteto.example.com/us-east-2 &x") -> ActionsTokenSource {
        ActionsTokenSource(
            environment: ["ACTIONS_ID_TOKEN_REQUEST_URL": url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "REQUEST-SECRET"],
            audience: audience,
            clock: clock
        )
    }

    private func error(_ source: some IdentityTokenSource) async -> CredentialError? {
        let error = await #expect(throws: CredentialError.self) { try await source.acquire() }
        #expect(error?.description.contains("SECRET") == false)
        return error
    }

    @Test(arguments: [
        ("?api-version=2.0", "/?api-version=2.0&audience=okteto.example.com%2Fus-east-2%20%26x"),
        ("idtoken", "/idtoken?audience=okteto.example.com%2Fus-east-2%20%26x"),
    ])
    func `an Actions job asks with its own bearer token, for one audience`(path: String, target: String) async throws {
        let server = try LoopbackServer([.response(200, #"{"count":1,"value":"a.b.c"}"#)])
        let acquired = try await actions(server.url + path).acquire()
        #expect(acquired.token.reveal() == "a.b.c")
        #expect(acquired.secrets == [Secret("REQUEST-SECRET")])
        let request = try #require(server.requests.first)
        #expect(request.lines.first == "GET \(target) HTTP/1.1")
        #expect(request.header("Authorization") == "bearer REQUEST-SECRET")
    }

    @Test func `each fetch asks anew`() async throws {
        let server = try LoopbackServer([.response(200, #"{"value":"one"}"#), .response(200, #"{"value":"two"}"#)])
        let source = actions(server.url)
        #expect(try await source.fetch().reveal() == "one")
        #expect(try await source.fetch().reveal() == "two")
    }

    @Test(arguments: [
        LoopbackReply.response(500, "SECRET"), .response(503), .response(429), .nothing, .cutOff("{"),
    ])
    func `a service that is busy is asked again, three times at most`(reply: LoopbackReply) async throws {
        let good = try LoopbackServer([reply, .response(200, #"{"value":"t"}"#)])
        #expect(try await actions(good.url).fetch().reveal() == "t")
        #expect(good.requests.count == 2)
        let bad = try LoopbackServer([reply])
        #expect(await error(actions(bad.url))?.code == .temporary)
        #expect(bad.requests.count == 3)
    }

    @Test(
        arguments: [
            (LoopbackReply.response(403, "REQUEST-SECRET is bad"), "<redacted> is bad", "id-token: write"),
            (.response(302, "", headers: ["Location: https://evil.example.com/"]), "not followed", "variables"),
            (.response(200, "<html>"), "no token in it", nil),
            (.response(200, #"{"value":""}"#), "no token in it", nil),
            (.response(200, String(repeating: "x", count: 200_000)), "no answer that can be used", nil),
        ] as [(LoopbackReply, String, String?)]
    )
    func `a service that says no is asked once`(reply: LoopbackReply, text: String, step: String?) async throws {
        let server = try LoopbackServer([reply])
        let error = await error(actions(server.url + "?token=SECRET"))
        #expect(error?.code == .tokenSource)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
        if let step { #expect(error?.nextStep?.contains(step) == true) }
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        "http://192.0.2.1/", "http://user:SECRET@127.0.0.1/", "ftp://127.0.0.1/", "x",
        "https://127.0.0.1\\@192.0.2.1/",
    ])
    func `a URL to which no secret may go is not asked`(url: String) async {
        #expect(await error(actions(url))?.code == .transport)
    }

    @Test func `a URL with a fragment, and a job without the variables, are errors`() async {
        #expect(await error(actions("https://127.0.0.1/#x"))?.code == .tokenSource)
        let none = ActionsTokenSource(environment: ["ACTIONS_ID_TOKEN_REQUEST_URL": "https://x"], audience: "a")
        #expect(await error(none)?.nextStep?.contains("id-token: write") == true)
    }

    @Test func `a cancelled request says so`() async throws {
        let server = try LoopbackServer([.silence])
        let source = actions(server.url)
        let code = await withTaskGroup(of: CredentialError.Code?.self) { group in
            group.addTask {
                do throws(CredentialError) {
                    _ = try await source.fetch()
                    return nil
                } catch {
                    return error.code
                }
            }
            while server.requests.isEmpty { await Task.yield() }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(code == .cancelled)
    }

    private func google(_ host: String) -> GoogleTokenSource {
        GoogleTokenSource(environment: ["GCE_METADATA_HOST": host], audience: "a/b", clock: clock)
    }

    @Test func `the metadata server of Google Cloud is asked as its libraries do`() async throws {
        let server = try LoopbackServer([.response(200, "a.b.c", headers: ["Metadata-Flavor: Google"])])
        #expect(try await google("127.0.0.1:\(server.port)").fetch().reveal() == "a.b.c")
        let request = try #require(server.requests.first)
        #expect(
            request.lines.first
                == "GET /computeMetadata/v1/instance/service-accounts/default/identity?audience=a%2Fb&format=full HTTP/1.1"
        )
        #expect(request.header("Metadata-Flavor") == "Google")
    }

    @Test func `what answers without the field of Google is not believed`() async throws {
        let server = try LoopbackServer([.response(200, "a.b.c")])
        let error = await error(google("127.0.0.1:\(server.port)"))
        #expect(error?.message.contains("is not the metadata server") == true)
    }

    @Test(arguments: ["example.com", "169.254.169.254.example.com", "127.0.0.1/x", "user@127.0.0.1", "127.0.0.1?x"])
    func `another host is not asked in plain http`(host: String) async {
        #expect(await error(google(host))?.code == .settings)
    }

    @Test func `a machine without a service account says so`() async throws {
        let server = try LoopbackServer([.response(404, "not found")])
        let error = await error(google("127.0.0.1:\(server.port)"))
        #expect(error?.code == .tokenSource)
        #expect(error?.nextStep?.contains("service account") == true)
    }
}
