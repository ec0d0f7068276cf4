import ProcessEnvironment
import Synchronization
import Testing

@testable import CredentialInjector

struct CredentialProviderTests {
    /// Answers by a script and counts.
    private final class Exchange: Sendable {
        private let count = Mutex(0)
        private let answer: @Sendable (Int) async throws(CredentialError) -> TemporaryCredentials

        init(_ answer: @escaping @Sendable (Int) async throws(CredentialError) -> TemporaryCredentials) {
            self.answer = answer
        }

        var calls: Int { count.withLock { $0 } }

        func run() async throws(CredentialError) -> TemporaryCredentials {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return try await answer(number)
        }
    }

    private func provider(_ clock: TestClock, _ log: EventLog, _ exchange: Exchange) -> CredentialProvider {
        CredentialProvider(clock: clock.clock, onEvent: log.append) {
            () async throws(CredentialError) -> TemporaryCredentials in try await exchange.run()
        }
    }

    @Test func `credentials are kept until shortly before their end`() async throws {
        let clock = TestClock()
        let exchange = Exchange { Samples.credentials(key: "K\($0)", issuedAt: clock.clock.elapsed()) }
        let provider = provider(clock, EventLog(), exchange)
        #expect(try await provider.credentials().accessKeyID == "K1")
        clock.advance(.seconds(3200))
        #expect(try await provider.credentials().accessKeyID == "K1")
        clock.advance(.seconds(35))
        #expect(try await provider.credentials().accessKeyID == "K1")
        clock.advance(.seconds(60))
        #expect(try await provider.credentials().accessKeyID == "K2")
    }

    @Test func `the old credentials serve while renewing fails`() async throws {
        let clock = TestClock()
        let log = EventLog()
        let exchange = Exchange { number throws(CredentialError) in
            guard number == 1 else { throw CredentialError(.temporary, "down") }
            return Samples.credentials(key: "K1", issuedAt: clock.clock.elapsed())
        }
        let provider = provider(clock, log, exchange)
        _ = try await provider.credentials()
        clock.advance(.seconds(3400))
        #expect(try await provider.credentials().accessKeyID == "K1")
        #expect(try await provider.credentials().accessKeyID == "K1")
        // The second call comes within the pause after a failure.
        #expect(exchange.calls == 2)
        #expect(log.events.count == 1)
        clock.advance(.seconds(150))
        await #expect(throws: CredentialError.self) { try await provider.credentials() }
    }

    @Test func `a failure is not kept`() async throws {
        let exchange = Exchange { number throws(CredentialError) in
            guard number > 1 else { throw CredentialError(.temporary, "down") }
            return Samples.credentials(key: "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        await #expect(throws: CredentialError.self) { try await provider.credentials() }
        #expect(try await provider.credentials().accessKeyID == "K2")
    }

    @Test func `a hundred callers make one exchange`() async throws {
        let exchange = Exchange { number in
            try? await Task.sleep(for: .milliseconds(50))
            return Samples.credentials(key: "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await provider.credentials().accessKeyID } }
            for try await key in group { #expect(key == "K1") }
        }
        #expect(exchange.calls == 1)
    }

    @Test func `a cancelled waiter does not cancel the exchange of another`() async throws {
        let isOpen = Mutex(false)
        let exchange = Exchange { number in
            while !isOpen.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(2)) }
            return Samples.credentials(key: Task.isCancelled ? "cancelled" : "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        async let first = provider.credentials()
        while exchange.calls == 0 { await Task.yield() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let error = await #expect(throws: CredentialError.self) { try await provider.credentials() }
                #expect(error?.code == .cancelled)
            }
            group.cancelAll()
        }
        isOpen.withLock { $0 = true }
        #expect(try await first.accessKeyID == "K1")
        #expect(exchange.calls == 1)
    }

    @Test func `when the caller that makes the exchange is cancelled, a waiter takes over`() async throws {
        let exchange = Exchange { number throws(CredentialError) in
            if number == 1 {
                try? await Task.sleep(for: .seconds(30))
                throw CredentialError(.cancelled, "cancelled")
            }
            return Samples.credentials(key: "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        await withTaskGroup(of: Void.self) { outer in
            outer.addTask {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await provider.credentials() }
                    while exchange.calls == 0 { await Task.yield() }
                    try? await Task.sleep(for: .milliseconds(50))
                    group.cancelAll()
                }
            }
            while exchange.calls == 0 { await Task.yield() }
            outer.addTask {
                let key = try? await provider.credentials().accessKeyID
                #expect(key == "K2")
            }
        }
    }

    @Test(arguments: [
        (Duration.seconds(3600), Duration.seconds(360), Duration.seconds(60)),
        (.seconds(43_200), .seconds(4320), .seconds(60)), (.seconds(900), .seconds(225), .seconds(60)),
        (.seconds(8), .seconds(2), .milliseconds(800)),
    ])
    func `short sessions are renewed later`(_ lifetime: Duration, _ early: Duration, _ least: Duration) {
        #expect(RefreshWindow.early(lifetime) == early)
        #expect(RefreshWindow.least(lifetime) == least)
    }
}
