import ProcessEnvironment
import Testing

@testable import HTTPTransport

@Suite struct HTTPMessageTests {
    @Test func `a header cannot smuggle another one`() {
        let header = HTTPHeader("X-A\r\nX-B", "1\r\nX-C: 2\0")
        #expect(header.name == "X-AX-B")
        #expect(header.value == "1X-C: 2")
    }

    @Test func `renderings of a request show neither header values, nor the query, nor the body`() {
        let request = HTTPRequest(
            method: "POST",
            url: "https://h/p?token=hunter2",
            headers: [HTTPHeader("Authorization", "hunter2")],
            body: Secret("hunter2")
        )
        var dumped = ""
        dump(request.headers, to: &dumped)
        #expect("\(request)" == "POST https://h/p")
        #expect(!dumped.contains("hunter2"))
    }

    @Test func `an error's message loses control characters that a server sent`() {
        #expect(HTTPTransportError(.badResponse, "a\u{1B}[31mb\n").message == "a[31mb")
    }

    @Test func `a second status line starts the head anew`() {
        var head = HTTPResponseHead()
        for line in ["HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "B:  2\r\n"] {
            head.consume(line: Array(line.utf8))
        }
        #expect(head.status == 200)
        #expect(head.header("a") == nil)
        #expect(head.header("b") == "2")
    }
}
