import HTTPTransport
import ProcessEnvironment
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private let authority = TestAuthority()

    private func server(_ places: String = "DNS:localhost,IP:127.0.0.1", seconds: Int = 3600) throws -> LoopbackServer {
        let identity = authority.issue(name: "server", places: places, seconds: seconds)
        return try LoopbackServer([.response(200, "ok")], tls: LoopbackTLS(identity: identity))
    }

    private var trust: TLSSettings {
        TLSSettings(authorityCertificates: Array(authority.identity.certificate.utf8))
    }

    private func failure(_ client: HTTPClient, _ url: String) async -> HTTPTransportError? {
        await #expect(throws: HTTPTransportError.self) { try await client.send(HTTPRequest(url: url)) }
    }

    @Test func `an authority in memory is trusted`() async throws {
        let server = try server()
        let response = try await HTTPClient(tls: trust).send(HTTPRequest(url: server.url))
        #expect(response.status == 200)
        #expect(await failure(HTTPClient(), server.url)?.code == .certificate)
    }

    @Test func `an authority in memory replaces the system's and is the only one`() async throws {
        let other = TestAuthority(name: "another authority")
        let tls = TLSSettings(authorityCertificates: Array(other.identity.certificate.utf8))
        let server = try server()
        #expect(await failure(HTTPClient(tls: tls), server.url)?.code == .certificate)
        #expect(server.requests.isEmpty)
    }

    @Test func `an authority of the same name with another key is no other kind of error`() async throws {
        let tls = TLSSettings(authorityCertificates: Array(TestAuthority().identity.certificate.utf8))
        let server = try server()
        let error = await failure(HTTPClient(tls: tls), server.url)
        #expect(error?.code == .certificate)
        #expect(
            error?.message.contains("signature is not that of the trusted authority") == true,
            "\(String(describing: error))"
        )
        #expect(server.requests.isEmpty)
    }

    @Test func `a certificate for another host, or one whose time is over, is refused`() async throws {
        let elsewhere = try server("DNS:elsewhere.example.com")
        #expect(await failure(HTTPClient(tls: trust), elsewhere.url)?.code == .certificate)
        let expired = try server(seconds: -60)
        #expect(await failure(HTTPClient(tls: trust), expired.url)?.code == .certificate)
        #expect(elsewhere.requests.isEmpty && expired.requests.isEmpty)
    }

    @Test func `a server name is asked for and verified, and the URL's host stays in the request`() async throws {
        let server = try server("DNS:api.cluster.example.com")
        var tls = trust
        tls.serverName = "api.cluster.example.com"
        let client = HTTPClient(tls: tls)
        #expect(try await client.send(HTTPRequest(url: server.url + "path?a=b")).status == 200)
        let request = try #require(server.requests.first)
        #expect(request.serverName == "api.cluster.example.com")
        #expect(request.header("Host") == "127.0.0.1:\(server.port)")
        #expect(request.lines.first == "GET /path?a=b HTTP/1.1")
        tls.serverName = "other.example.com"
        #expect(await failure(HTTPClient(tls: tls), server.url)?.code == .certificate)
    }

    @Test(arguments: ["", "a b", "a/b", "a@b", "a:1", "é"])
    func `a server name that is none is refused`(name: String) async {
        var tls = trust
        tls.serverName = name
        #expect(await failure(HTTPClient(tls: tls), "https://127.0.0.1:1/")?.code == .badRequest)
    }

    @Test func `a client shows its certificate from memory`() async throws {
        let identity = LoopbackTLS(
            identity: authority.issue(name: "server", places: "IP:127.0.0.1"),
            clientAuthority: authority.identity.certificate
        )
        let server = try LoopbackServer([.response(200)], tls: identity)
        let issued = authority.issue(name: "alice", group: "developers")
        var tls = trust
        tls.clientIdentity = ClientIdentity(certificate: Array(issued.certificate.utf8), key: Secret(issued.key))
        #expect(try await HTTPClient(tls: tls).send(HTTPRequest(url: server.url)).status == 200)
        #expect(server.requests.first?.clientName == "alice")
        _ = await failure(HTTPClient(tls: trust), server.url)
        #expect(server.requests.count == 1)
    }

    @Test func `a key that does not fit its certificate is an error`() async throws {
        let server = try server()
        let issued = authority.issue(name: "alice")
        var tls = trust
        tls.clientIdentity = ClientIdentity(
            certificate: Array(issued.certificate.utf8),
            key: Secret(authority.issue(name: "bob").key)
        )
        #expect(await failure(HTTPClient(tls: tls), server.url)?.code == .certificate)
    }

    @Test func `verification is switched off by name alone`() async throws {
        let server = try server("DNS:elsewhere.example.com")
        let client = HTTPClient(tls: TLSSettings(isVerified: false))
        #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
    }

    @Test func `a proxy of its own is used for this machine too, and its password is in no rendering`() async throws {
        let proxy = try LoopbackServer([.response(200, "by proxy")])
        let url = "http://user:PASSWORD@127.0.0.1:\(proxy.port)"
        let client = HTTPClient(proxy: Secret(url))
        let response = try await client.send(HTTPRequest(url: "http://127.0.0.1:1/x"))
        #expect(String(decoding: response.body, as: UTF8.self) == "by proxy")
        #expect(proxy.requests.first?.lines.first == "GET http://127.0.0.1:1/x HTTP/1.1")
        #expect(proxy.requests.first?.header("Proxy-Authorization") == "Basic dXNlcjpQQVNTV09SRA==")
        #expect(!"\(client)".contains("PASSWORD"))
        let error = await failure(HTTPClient(proxy: Secret("http://u:PASSWORD@127.0.0.1:1")), "http://127.0.0.1:2/")
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("PASSWORD") == false)
    }
}
