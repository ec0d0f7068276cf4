import Testing

@testable import HTTPTransport

@Suite struct DestinationRulesTests {
    @Test(arguments: [
        "https://sts.us-east-1.amazonaws.com/", "http://localhost:1/", "http://127.0.0.1", "http://127.8.9.1:80/x",
        "http://[::1]:8080/",
    ])
    func `https, and http to the machine itself, may go over the network`(url: String) throws {
        _ = try DestinationRules.check(url, for: .network)
    }

    @Test(arguments: [
        "http://sts.amazonaws.com/", "http://localhost.evil.com/", "http://127.0.0.1.evil.com/",
        "http://127.0.0.1@evil.com/",
        "http://127.1/", "http://[::1]evil.com/", "ftp://localhost/", "file:///etc/passwd", "https://user:pw@host/",
        "https:///x", "https://a b/", "https://a\\b/", "https://ä/", "localhost", "http://127.0.0.256/",
    ])
    func `a URL that could be read as another host, or is plain, is refused`(url: String) {
        #expect(throws: HTTPTransportError.self) { try DestinationRules.check(url, for: .network) }
    }

    @Test func `a Unix socket speaks plain http, whatever the host`() throws {
        #expect(try DestinationRules.check("http://docker/_ping", for: .unixSocket(path: "/x")).isDirect)
    }
}
