import HTTPTransport
import ProcessEnvironment
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    private let client = HTTPClient()

    @Test func `status, headers and body of a response come back, whatever the status`() async throws {
        let server = try LoopbackServer([.response(418, "short and stout", headers: ["X-Pot: tea"])])
        let response = try await client.send(HTTPRequest(url: server.url))
        #expect(response.status == 418)
        #expect(response.header("x-pot") == "tea")
        #expect(String(decoding: response.body, as: UTF8.self) == "short and stout")
    }

    @Test func `a body is sent as it is, without waiting for a go-ahead`() async throws {
        let server = try LoopbackServer([.response(200, "")])
        _ = try await client.send(HTTPRequest(method: "POST", url: server.url, body: Secret("a=b&c=%2B")))
        #expect(server.requests.first?.body == "a=b&c=%2B")
    }

    @Test func `a redirect is not followed`() async throws {
        let server = try LoopbackServer([.response(307, "", headers: ["Location: http://127.0.0.1:1/"])])
        #expect(try await client.send(HTTPRequest(url: server.url)).status == 307)
        #expect(server.requests.count == 1)
    }

    @Test func `a body over the limit is an error`() async throws {
        let server = try LoopbackServer([.response(200, String(repeating: "x", count: 5_000))])
        var request = HTTPRequest(url: server.url)
        request.limits.maximumBodyBytes = 4_999
        let error = await #expect(throws: HTTPTransportError.self) { try await client.send(request) }
        #expect(error?.code == .tooLarge)
    }

    @Test func `a server that never answers is a time-out, and may be tried again`() async throws {
        let server = try LoopbackServer([.silence])
        var request = HTTPRequest(url: server.url)
        request.limits.total = .milliseconds(200)
        let error = await #expect(throws: HTTPTransportError.self) { try await client.send(request) }
        #expect(error?.code == .timedOut)
        #expect(error?.isTransient == true)
    }

    @Test func `cancelling the task ends a request that waits`() async throws {
        let server = try LoopbackServer([.silence])
        let request = HTTPRequest(url: server.url, limits: HTTPLimits(total: nil))
        let error = await withTaskGroup(of: HTTPTransportError?.self) { group in
            group.addTask { () async -> HTTPTransportError? in
                do throws(HTTPTransportError) {
                    _ = try await client.send(request)
                    return nil
                } catch {
                    return error
                }
            }
            while server.requests.isEmpty { try? await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.code == .cancelled)
    }

    @Test func `nobody listening is told apart, and may be tried again`() async throws {
        let error = await #expect(throws: HTTPTransportError.self) {
            try await client.send(HTTPRequest(url: "http://127.0.0.1:1/"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.isTransient == true)
    }

    @Test func `a stream's body comes in pieces, and can be ended by its reader`() async throws {
        let server = try LoopbackServer([.response(200, String(repeating: "y", count: 100_000))])
        let count = Mutex(0)
        _ = try await client.stream(HTTPRequest(url: server.url)) { bytes in
            count.withLock { $0 += bytes.byteCount }
            return false
        }
        #expect((1...100_000).contains(count.withLock { $0 }))
    }

    @Test func `a raw connection sends a head and reads what comes behind one`() async throws {
        let server = try LoopbackServer([.response(200, "rest of it")])
        let url = server.url
        let text = try await DedicatedThread.run { () throws -> String in
            let connection = try HTTPConnection.open(HTTPClient(), url: url)
            try connection.sendHead(HTTPRequest(url: url, headers: [HTTPHeader("Connection", "close")]))
            #expect(try connection.readHead().status == 200)
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4)
            while true {
                let receipt = try buffer.withUnsafeMutableBytes { try connection.receive(into: $0) }
                switch receipt {
                case .bytes(let count): received += buffer[..<count]
                case .wouldBlock: DedicatedThread.pause(.milliseconds(1))
                case .ended: return String(decoding: received, as: UTF8.self)
                }
            }
        }
        #expect(text == "rest of it")
    }
}
