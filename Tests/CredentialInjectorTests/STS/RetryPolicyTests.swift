import HTTPTransport
import Testing

@testable import CredentialInjector

struct RetryPolicyTests {
    @Test(arguments: [
        (1, 1.0, Duration.milliseconds(200)), (2, 1, .milliseconds(400)), (3, 0.5, .milliseconds(400)),
        (10, 1, .seconds(5)), (1000, 1, .seconds(5)), (1, 0, .zero), (1, 7, .milliseconds(200)),
    ])
    func `a pause is a random part of a bound that doubles`(_ attempt: Int, _ random: Double, _ expected: Duration) {
        #expect(RetryPolicy().pause(afterAttempt: attempt, random: random) == expected)
    }

    @Test func `a pause that the service wishes for is the least, within the bound`() {
        #expect(RetryPolicy().pause(afterAttempt: 1, random: 0, wish: .seconds(2)) == .seconds(2))
        #expect(RetryPolicy().pause(afterAttempt: 1, random: 1, wish: .milliseconds(1)) == .milliseconds(200))
        #expect(RetryPolicy().pause(afterAttempt: 1, random: 1, wish: .seconds(3600)) == .seconds(5))
    }

    @Test(arguments: [
        (["x-amz-retry-after: 1500", "Retry-After: 9"], Duration.milliseconds(1500)), (["Retry-After: 2"], .seconds(2)),
        (["Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"], nil), (["Retry-After: -1"], nil), ([], nil),
    ])
    func `a response says how long to wait`(_ lines: [String], _ expected: Duration?) {
        let headers = lines.map { line in
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            return HTTPHeader(parts[0], parts[1])
        }
        let head = HTTPResponseHead(status: 503, headers: headers)
        #expect(RetryPolicy.wish(of: HTTPResponse(head: head, body: [])) == expected)
    }
}
