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
}
