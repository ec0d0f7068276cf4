import Testing

@testable import CredentialInjector

struct EndpointRequestTests {
    private func read(_ text: String) -> EndpointRequest.Reading {
        EndpointRequest.read(Array(text.utf8))
    }

    @Test func `a head is read whatever the case of its names`() throws {
        let reading = read("GET /path HTTP/1.1\r\nHOST: 127.0.0.1:80\r\nauthorization:\t token \r\nX:\r\n\r\nrest")
        guard case .complete(let request) = reading else { throw CredentialError(.response, "\(reading)") }
        #expect(request.method == "GET")
        #expect(request.target == Array("/path".utf8))
        #expect(request.value("host") == Array("127.0.0.1:80".utf8))
        #expect(request.value("authorization") == Array("token".utf8))
        #expect(request.value("x") == [])
        #expect(request.value("y") == nil)
    }

    @Test func `a field that is there twice has no value`() throws {
        guard case .complete(let request) = read("GET / HTTP/1.0\r\nA: 1\r\na: 1\r\n\r\n") else {
            throw CredentialError(.response, "not complete")
        }
        #expect(request.value("a") == nil)
        #expect(request.has("a"))
    }

    @Test(arguments: ["", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nA: b\r\n", "GET / HTTP/1.1\n\n"])
    func `a head without its end is waited for`(text: String) {
        guard case .incomplete = read(text) else {
            Issue.record("\(read(text))")
            return
        }
    }

    @Test(arguments: [
        "GET / HTTP/2\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "GET http://h/ HTTP/1.1\r\n\r\n",
        " / HTTP/1.1\r\n\r\n", "G(T / HTTP/1.1\r\n\r\n", "GET /\u{1} HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n: empty\r\n\r\n",
        "GET / HTTP/1.1\r\nA : space\r\n\r\n", "GET / HTTP/1.1\r\n folded: b\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n",
        "GET / HTTP/1.1\r\nAuthorization: token\n\r\n\r\n", "GET / HTTP/1.1\r\nA: \u{0}\r\n\r\n", "\r\n\r\n",
    ])
    func `what could be understood in two ways is refused`(text: String) {
        guard case .refused(let answer) = read(text) else {
            Issue.record("\(read(text))")
            return
        }
        #expect(answer.status == 400)
    }

    @Test(arguments: ["", "\r\n\r\n"])
    func `a head may have 8 KiB`(end: String) {
        let text = "GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: EndpointRequest.maximumBytes)
        guard case .refused(let answer) = read(text + end) else {
            Issue.record("not refused")
            return
        }
        #expect(answer.status == 431)
    }
}
