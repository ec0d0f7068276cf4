import ProcessEnvironment
import Synchronization
import TestSupport
import Testing

@testable import CredentialInjector

/// A set-up that does not come to its end.
@Suite(.timeLimit(.minutes(1))) struct SetupRunTests {
    private static let steps: [SetupStep] = [
        .attachPolicy("arn:aws:iam::aws:policy/A", role: "r"), .attachPolicy("arn:aws:iam::aws:policy/B", role: "r"),
        .attachPolicy("arn:aws:iam::aws:policy/C", role: "r"),
    ]
    private static let good = LoopbackReply.response(200, IAMAnswers.answer("AttachRolePolicy", ""))

    @Test func `broken off within a step, it says what was made, what may have been, and what was not`() async throws {
        let server = try LoopbackServer([Self.good, .silence])
        let client = try IAMClientTests.client(server)
        let made = Mutex<[String]>([])
        let task = Task {
            try await SetupRun(client: client) { step in made.withLock { $0.append(step.title) } }.perform(Self.steps)
        }
        // Until the second step's request is there, which gets no answer.
        while server.requests.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let error = await #expect(throws: CredentialError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(error?.message == "broken off after 1 of 3 steps")
        let titles = Self.steps.map(\.title)
        #expect(
            error?.details == ["done: \(titles[0])", "perhaps done: \(titles[1])", "not done: \(titles[2])"]
        )
        #expect(error?.nextStep?.contains("run the same command again") == true)
        #expect(made.withLock { $0 } == [titles[0]])
    }

    @Test func `broken off between two steps, the next is not begun`() async throws {
        let server = try LoopbackServer([Self.good])
        let client = try IAMClientTests.client(server)
        let task = Task {
            // As a signal does that comes while the first step's end is told.
            try await SetupRun(client: client) { _ in withUnsafeCurrentTask { $0?.cancel() } }.perform(Self.steps)
        }
        let error = await #expect(throws: CredentialError.self) { try await task.value }
        #expect(error?.message == "broken off after 1 of 3 steps")
        #expect(error?.details.count == 3)
        #expect(error?.details.contains { $0.hasPrefix("perhaps") } == false)
        #expect(server.requests.count == 1)
    }

    @Test func `a refusal says so too, and nothing is in doubt`() async throws {
        let refusal = LoopbackReply.response(
            403,
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
        )
        let server = try LoopbackServer([Self.good, refusal])
        let client = try IAMClientTests.client(server)
        let error = await #expect(throws: CredentialError.self) {
            try await SetupRun(client: client) { _ in }.perform(Self.steps)
        }
        #expect(error?.details.filter { $0.hasPrefix("done: ") }.count == 1)
        #expect(error?.details.filter { $0.hasPrefix("not done: ") }.count == 2)
        #expect(error?.details.contains { $0.hasPrefix("perhaps") } == false)
    }
}
