import FoundationEssentials
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
        clock.advance(.seconds(3160))
        #expect(try await provider.credentials().accessKeyID == "K1")
        clock.advance(.seconds(80))
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
        (3600.0, 360.0, 900.0), (43_200, 4_320, 4_320), (900, 300, 300), (6, 2, 2),
    ])
    func `sessions are renewed early, and short ones later`(_ lifetime: Double, _ early: Double, _ endpoint: Double) {
        let windows = [(RefreshWindow.commands, early), (.endpoint, endpoint)]
        for (window, least) in windows {
            let times = (0..<200).map { number in
                let credentials = Samples.credentials(key: "ASIA\(number)", lifetime: .seconds(lifetime))
                return window.early(credentials) / .seconds(1)
            }
            // Up to a fifth earlier, so that what began together is not renewed together.
            #expect(times.allSatisfy { $0 >= least && $0 <= least * 1.2 })
            #expect((times.max() ?? 0) - (times.min() ?? 0) > least * 0.15)
        }
    }

    @Test(arguments: [(Duration.seconds(3600), Duration.seconds(60)), (.seconds(5), .milliseconds(500))])
    func `credentials that are about to end do not serve`(_ lifetime: Duration, _ least: Duration) {
        #expect(RefreshWindow.least(lifetime) == least)
    }

    @Test func `a lifetime is never taken for longer than it is`() {
        let server = TokenFactory.now
        let end = server.addingTimeInterval(5)
        let seconds = { (local: Double) in
            SessionLifetime.seconds(until: end, server: server, local: server.addingTimeInterval(local))
        }
        // The clock here agrees with that of STS, whose date has no fraction.
        #expect(seconds(0.75) == 4.25)
        // It does not: the fraction may be anything.
        #expect(seconds(100) == 4)
        #expect(seconds(-100) == 4)
        #expect(SessionLifetime.seconds(until: end, server: nil, local: server) == 5)
    }

    /// Runs the body while the provider is kept.
    private func keeping<Value: Sendable>(
        _ provider: CredentialProvider,
        _ body: () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self, returning: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { await provider.keep() }
            // Until then the first caller would make the exchange itself.
            while await !provider.isKept { try await Task.sleep(for: .milliseconds(1)) }
            return try await body()
        }
    }

    @Test func `while it is kept, cancelling whoever asked first does not cancel the exchange`() async throws {
        let isOpen = Mutex(false)
        let exchange = Exchange { number in
            while !isOpen.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(2)) }
            return Samples.credentials(key: Task.isCancelled ? "cancelled" : "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        try await keeping(provider) { () async throws in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let error = await #expect(throws: CredentialError.self) { try await provider.credentials() }
                    #expect(error?.code == .cancelled)
                }
                while exchange.calls == 0 { try? await Task.sleep(for: .milliseconds(2)) }
                group.cancelAll()
            }
            async let second = provider.credentials()
            isOpen.withLock { $0 = true }
            #expect(try await second.accessKeyID == "K1")
        }
        #expect(exchange.calls == 1)
    }

    @Test func `while it is kept, nobody waits long for STS as long as the old ones hold`() async throws {
        let isOpen = Mutex(false)
        let exchange = Exchange { number in
            while number > 1, !isOpen.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(2)) }
            return Samples.credentials(key: "K\(number)", lifetime: .seconds(number == 1 ? 300 : 3600))
        }
        // Its sleep is none, so that the patience is over at once.
        let clock = TestClock()
        let provider = provider(clock, EventLog(), exchange)
        try await keeping(provider) { () async throws in
            #expect(try await provider.credentials().accessKeyID == "K1")
            clock.advance(.seconds(220))
            #expect(try await provider.credentials(patience: .seconds(1)).accessKeyID == "K1")
            while exchange.calls < 2 { try? await Task.sleep(for: .milliseconds(2)) }
            // The renewal goes on, and whoever asks meanwhile does not wait for it.
            #expect(try await provider.credentials(patience: .seconds(60)).accessKeyID == "K1")
            isOpen.withLock { $0 = true }
            while try await provider.credentials().accessKeyID == "K1" { await Task.yield() }
        }
        #expect(exchange.calls == 2)
    }

    @Test func `when keeping ends, those who wait go on by themselves`() async throws {
        let exchange = Exchange { number throws(CredentialError) in
            if number == 1 {
                try? await Task.sleep(for: .seconds(30))
                throw CredentialError(.cancelled, "cancelled")
            }
            return Samples.credentials(key: "K\(number)")
        }
        let provider = provider(TestClock(), EventLog(), exchange)
        async let keeping: Void = keepBriefly(provider, exchange)
        // Asks once it is kept, so that the first exchange is the keeper's.
        while await !provider.isKept { try? await Task.sleep(for: .milliseconds(2)) }
        #expect(try await provider.credentials().accessKeyID == "K2")
        await keeping
    }

    /// Keeps the provider until its first exchange is under way.
    private func keepBriefly(_ provider: CredentialProvider, _ exchange: Exchange) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await provider.keep() }
            while exchange.calls == 0 { try? await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
        }
    }

    @Test func `one task at a time keeps it`() async throws {
        let provider = provider(TestClock(), EventLog(), Exchange { Samples.credentials(key: "K\($0)") })
        try await keeping(provider) { () async throws in
            #expect(try await provider.credentials().accessKeyID == "K1")
            await provider.keep()
            #expect(try await provider.credentials().accessKeyID == "K1")
        }
    }
}
