import HTTPTransport
import ProcessEnvironment
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Servers that a program leads to")
struct ProgramDestinationTests {
    private func client(_ script: String, _ variables: EnvironmentVariables = [:]) -> HTTPClient {
        let environment = EnvironmentVariables(["PATH": "/usr/bin:/bin"]).merging(variables)
        return HTTPClient(destination: .program(words: ["sh", "-c", script], environment: environment))
    }

    @Test func `a request goes to its input, and its output is the response`() async throws {
        let script = #"read -r line; printf 'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s' ${#line} "$line""#
        let response = try await client(script).send(HTTPRequest(url: "http://engine/path"))
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("GET /path HTTP/1.1"))
    }

    @Test func `it gets the given environment, leads a session and has no terminal`() async throws {
        let script = #"""
            a="$VALUE $(cut -d ' ' -f 6 /proc/$$/stat) $$ $(env | grep -c SWIFT)"
            printf 'HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s' ${#a} "$a"
            """#
        let response = try await client(script, ["VALUE": "v"]).send(HTTPRequest(url: "http://engine/"))
        let words = String(decoding: response.body, as: UTF8.self).split(separator: " ")
        #expect(words.count == 4 && words.first == "v" && words.last == "0", "\(words)")
        if words.count == 4 { #expect(words[1] == words[2]) }
    }

    @Test func `the end of what is sent arrives, while what comes back goes on`() async throws {
        let client = client("cat; echo end")
        let received = try await DedicatedThread.run {
            let connection = try HTTPConnection.open(client, url: "http://engine/")
            try connection.sendAll(Array("hello ".utf8).span.bytes)
            connection.finishSending()
            var result: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 64)
            while true {
                switch try buffer.withUnsafeMutableBytes({ try connection.receive(into: $0) }) {
                case .bytes(let count): result += buffer[..<count]
                case .ended: return String(decoding: result, as: UTF8.self)
                case .wouldBlock:
                    var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                    _ = poll(&entry, 1, 10_000)
                }
            }
        }
        #expect(received == "hello end\n")
    }

    @Test(
        arguments: [
            ("echo one >&2; echo two >&2; exit 3", "sh ended with status 3: one; two"),
            ("kill -9 $$", "sh ended with status 137: "),
        ]
    )
    func `how it ended is the error, with its own words`(script: String, words: String) async throws {
        let error = await #expect(throws: HTTPTransportError.self) {
            try await client(script).send(HTTPRequest(url: "http://engine/"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.message.hasPrefix(words) == true, "\(error?.message ?? "")")
    }

    @Test func `much on standard error is cut and does not block it`() async throws {
        let error = await #expect(throws: HTTPTransportError.self) {
            try await client("head -c 300000 /dev/zero | tr '\\0' x >&2; exit 1").send(HTTPRequest(url: "http://e/"))
        }
        #expect((error?.message.utf8.count ?? 0) < 5_000)
        #expect(error?.message.contains("status 1") == true)
    }
}
