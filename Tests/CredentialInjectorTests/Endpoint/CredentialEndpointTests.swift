import FoundationEssentials
import ProcessEnvironment
import Synchronization
import Testing

@testable import CredentialInjector

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct CredentialEndpointTests {
    private final class Script: Sendable {
        private let state = Mutex((calls: 0, lifetime: Duration.seconds(3600), failure: CredentialError?.none))
        let told = Mutex<[Secret]>([])

        var calls: Int { state.withLock { $0.calls } }

        func fail(with error: CredentialError?) { state.withLock { $0.failure = error } }

        func exchange() async throws(CredentialError) -> TemporaryCredentials {
            let (number, failure) = state.withLock { state in
                state.calls += 1
                return (state.calls, state.failure)
            }
            // Long enough for every client to be there.
            try? await Task.sleep(for: .milliseconds(200))
            if let failure { throw failure }
            return Samples.credentials(key: "K\(number)", issuedAt: CredentialClock.system.elapsed())
        }
    }

    private func serve<Value: Sendable>(
        _ script: Script = Script(),
        _ body: (CredentialEndpoint, EndpointClient) async throws -> Value
    ) async throws -> Value {
        let provider = CredentialProvider { () async throws(CredentialError) -> TemporaryCredentials in
            try await script.exchange()
        }
        let role = try #require(RoleARN(Samples.role))
        return try await withThrowingTaskGroup(of: Void.self, returning: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { await provider.keep() }
            return try await CredentialEndpoint.serve(
                provider,
                role: role,
                onHandOut: { secrets in script.told.withLock { $0 += secrets } },
                { try await body($0, EndpointClient(port: $0.port)) }
            )
        }
    }

    @Test func `a request with path and token gets the credentials`() async throws {
        let script = Script()
        try await serve(script) { endpoint, client in
            let answer = try #require(try await client.exchange([EndpointClient.request(endpoint)]))
            #expect(answer.status == 200)
            let document = try JSONDecoder().decode([String: String].self, from: Data(answer.body.utf8))
            #expect(document["AccessKeyId"] == "K1")
            #expect(document["SecretAccessKey"] == Samples.secretKey)
            #expect(document["Token"] == Samples.sessionToken)
            #expect(document["RoleArn"] == Samples.role)
            #expect(document["AccountId"] == "112233445566")
            // Whole seconds, which every SDK reads.
            #expect(document["Expiration"] == "2023-11-14T23:13:20Z")
            #expect(answer.head.contains("Connection: close"))
            #expect(answer.head.contains("Cache-Control: no-store"))
            #expect(answer.head.contains("Content-Length: \(answer.body.utf8.count)"))
        }
        // The masker knew them before the client did.
        #expect(script.told.withLock { $0.contains(Secret(Samples.sessionToken)) })
    }

    @Test func `a request may come byte by byte`() async throws {
        try await serve { endpoint, client in
            let bytes = EndpointClient.request(endpoint).map { String($0) }
            let answer = try await client.exchange(bytes, pause: .microseconds(500))
            #expect(answer?.status == 200)
        }
    }

    @Test func `what is sent after the request does not lose the answer`() async throws {
        try await serve { endpoint, client in
            let more = String(repeating: "x", count: 30_000)
            let answer = try await client.exchange([EndpointClient.request(endpoint) + more])
            #expect(answer?.status == 200)
        }
    }

    @Test func `whoever does not know everything gets nothing`() async throws {
        try await serve { endpoint, client in
            let token = endpoint.token.reveal()
            let other = String(token.reversed())
            let length = "Content-Length: 0\r\n"
            let cases: [(Int, String, String)] = [
                (403, "no token", EndpointClient.request(endpoint).replacing("Authorization", with: "X-Other")),
                (403, "another token", EndpointClient.request(endpoint, token: other)),
                (403, "a longer token", EndpointClient.request(endpoint, token: token + "0")),
                (403, "a shorter token", EndpointClient.request(endpoint, token: String(token.dropLast()))),
                (403, "a token with a scheme", EndpointClient.request(endpoint, token: "Bearer \(token)")),
                (403, "two tokens", EndpointClient.request(endpoint, more: "Authorization: \(token)\r\n")),
                (400, "a token with a newline", EndpointClient.request(endpoint, token: token + "\n")),
                (403, "another host", EndpointClient.request(endpoint, host: "evil.example.com")),
                (403, "another port", EndpointClient.request(endpoint, host: "127.0.0.1:1")),
                (403, "another name", EndpointClient.request(endpoint, host: "localhost:\(endpoint.port)")),
                (403, "a proxy", EndpointClient.request(endpoint, more: "X-Forwarded-For: 127.0.0.1\r\n")),
                (403, "a page", EndpointClient.request(endpoint, more: "Origin: http://evil.example.com\r\n")),
                (404, "another path", EndpointClient.request(endpoint, path: "/")),
                (404, "a path with a query", EndpointClient.request(endpoint, path: "/?x")),
                (403, "another path without a token", EndpointClient.request(endpoint, path: "/", token: other)),
                (405, "POST", EndpointClient.request(endpoint, method: "POST")),
                (405, "HEAD", EndpointClient.request(endpoint, method: "HEAD")),
                (400, "a body", EndpointClient.request(endpoint, more: "Content-Length: 3\r\n") + "abc"),
                (400, "two lengths", EndpointClient.request(endpoint, more: length + length)),
                (400, "chunks", EndpointClient.request(endpoint, more: "Transfer-Encoding: chunked\r\n")),
                (400, "another protocol", "\u{16}\u{3}\u{1}\r\n\r\n"),
            ]
            for (status, name, request) in cases {
                let answer = try #require(try await client.exchange([request]), "\(name)")
                #expect(answer.status == status, "\(name)")
                #expect(!answer.body.contains(Samples.secretKey), "\(name)")
                let error = try JSONDecoder().decode([String: String].self, from: Data(answer.body.utf8))
                #expect(Set(error.keys) == ["code", "message"], "\(name)")
            }
            let answer = try await client.exchange([EndpointClient.request(endpoint, method: "POST")])
            #expect(answer?.head.contains("Allow: GET") == true)
        }
    }

    @Test func `a thousand requests at once make one exchange`() async throws {
        let script = Script()
        try await serve(script) { endpoint, client in
            // All are sent before the first answer is read: no client is a thread of its own.
            let answers = try await DedicatedThread.run {
                let request = Array(EndpointClient.request(endpoint).utf8)
                var statuses: [Int: Int] = [:]
                // As many descriptors at once as every system gives a process.
                for _ in 0..<10 {
                    let sockets = (0..<100).compactMap { _ in client.connect() }
                    for socket in sockets {
                        _ = request.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                    }
                    for socket in sockets {
                        statuses[EndpointClient.readAll(socket)?.status ?? 0, default: 0] += 1
                        close(socket)
                    }
                }
                return statuses
            }
            #expect(answers == [200: 1_000])
        }
        #expect(script.calls == 1)
    }

    @Test(arguments: [
        (CredentialError(.temporary, "STS is down"), 503, "ServiceUnavailable"),
        (CredentialError(.refused, "the role refuses", serviceCode: "AccessDenied"), 403, "AccessDenied"),
        (CredentialError(.tokenSource, "no token"), 403, "CredentialsRefused"),
    ])
    func `a failed exchange is told, and the next request makes another`(
        error: CredentialError,
        status: Int,
        code: String
    ) async throws {
        let script = Script()
        script.fail(with: error)
        try await serve(script) { endpoint, client in
            let answer = try #require(try await client.exchange([EndpointClient.request(endpoint)]))
            #expect(answer.status == status)
            #expect(answer.body == #"{"code":"\#(code)","message":"\#(error.message)"}"#)
            script.fail(with: nil)
            let next = try await client.exchange([EndpointClient.request(endpoint)])
            #expect(next?.status == 200)
        }
    }

    @Test func `a client that goes away does not take the exchange of the others with it`() async throws {
        let script = Script()
        try await serve(script) { endpoint, client in
            try await DedicatedThread.run {
                guard let socket = client.connect() else { return }
                let request = Array(EndpointClient.request(endpoint).utf8)
                _ = request.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                DedicatedThread.pause(.milliseconds(50))
                // With unread bytes about, this resets the connection.
                close(socket)
            }
            let next = try await client.exchange([EndpointClient.request(endpoint)])
            #expect(next?.status == 200)
        }
        #expect(script.calls == 1)
    }

    @Test func `clients that say nothing are closed, and do not keep others out`() async throws {
        try await serve { endpoint, client in
            let silent = try await DedicatedThread.run { (0..<200).compactMap { _ in client.connect() } }
            defer { for socket in silent { close(socket) } }
            let answer = try await client.exchange([EndpointClient.request(endpoint)])
            #expect(answer?.status == 200)
            let isClosed = try await DedicatedThread.run {
                var byte: UInt8 = 0
                return silent.first.map { recv($0, &byte, 1, 0) == 0 }
            }
            #expect(isClosed == true)
        }
    }

    @Test func `after the phase nobody listens`() async throws {
        let (client, request, open) = try await serve { endpoint, client in
            let socket = try await DedicatedThread.run { client.connect() }
            return (client, EndpointClient.request(endpoint), socket)
        }
        let answer = try await client.exchange([request])
        #expect(answer?.status == nil)
        // A connection from before is closed.
        if let open {
            let count = try await DedicatedThread.run {
                var byte: UInt8 = 0
                return recv(open, &byte, 1, 0)
            }
            #expect(count <= 0)
            close(open)
        }
    }

    @Test func `a phase that fails closes it too`() async throws {
        let port = Mutex<UInt16>(0)
        await #expect(throws: CancellationError.self) {
            try await serve { endpoint, _ in
                port.withLock { $0 = endpoint.port }
                throw CancellationError()
            }
        }
        #expect(EndpointClient(port: port.withLock { $0 }).connect() == nil)
    }

    @Test func `path and token are new each time, and no rendering shows them`() async throws {
        let first = try EndpointAccess(port: 1)
        let second = try EndpointAccess(port: 1)
        #expect(first.token != second.token && first.path != second.path)
        #expect(first.token.bytes.count == 64)
        var dumped = ""
        dump(first, to: &dumped)
        #expect(!dumped.contains(first.token.reveal()) && !dumped.contains(first.path.reveal()))
        try await serve { endpoint, _ in
            let phase: EnvironmentVariables = ["AWS_REGION": "x"]
            let variables = ChildEnvironment.endpointVariables(endpoint, region: "us-east-2", phase: phase)
            #expect(variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] == endpoint.url.reveal())
            #expect(variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] == endpoint.token.reveal())
            #expect(variables["AWS_DEFAULT_REGION"] == "x")
            #expect(variables["AWS_ACCESS_KEY_ID"] == nil)
            #expect(endpoint.secrets.allSatisfy { !"\(endpoint)".contains($0.reveal()) })
        }
    }
}
