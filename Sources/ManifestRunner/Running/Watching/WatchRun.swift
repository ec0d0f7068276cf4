internal import ArgumentParser
internal import ManifestModel
internal import ProcessEnvironment
internal import Synchronization
internal import YAMLSource

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs tests, and again those whose files change, until it is told to stop (`--watch`).
struct WatchRun: Sendable {
    /// What changed while tests ran.
    private struct Pending: Sendable {
        var tests: Set<PhaseKind> = []
        var needsPlan = false
        var cause = ""
    }

    /// The same, filled by the task that watches beside a run.
    private final class Collected: Sendable {
        let pending = Mutex(Pending())
    }

    let session: WatchSession
    let changes: ChangeGathering
    let progress: TestProgress
    /// Says what the watch itself has to say.
    let reporter: Reporter
    let monitor = SignalMonitor()
    /// Runs once, whatever comes of it; throws `ExitCode` where its status is not 0.
    let run: @Sendable (SignalMonitor) async throws -> Void

    /// Runs until a signal comes.
    ///
    /// - Throws: `ExitCode`: that of the first run where the manifest cannot be used; 128 + n where a signal ended a run,
    ///   or came while nothing ran, except that INT is how one leaves then.
    func execute() async throws {
        while true {
            var pending = try await runOnce()
            while pending.tests.isEmpty, !pending.needsPlan { pending = try await wait() }
            if pending.needsPlan {
                session.choose(nil)
                reporter.say(.info, "\(pending.cause): reading the manifest again")
            } else if let scope = session.scope {
                let tests = scope.withMissing(pending.tests, passed: progress.passed)
                session.choose(tests)
                reporter.say(.info, "\(pending.cause): running \(Self.text(tests))")
            }
        }
    }

    /// Runs once, ends that when a change makes it pointless, and returns what changed meanwhile.
    private func runOnce() async throws -> Pending {
        let collected = Collected()
        monitor.beginAnew()
        let status = try await withThrowingTaskGroup(of: ExitCode?.self) { group in
            group.addTask {
                do {
                    try await run(monitor)
                    return .success
                } catch let code as ExitCode {
                    return code
                }
            }
            group.addTask {
                while let batch = try? await changes.settled() { take(batch, into: collected) }
                return nil
            }
            var status: ExitCode?
            while status == nil { status = try await group.next() ?? .failure }
            group.cancelAll()
            return status ?? .failure
        }
        if let signal = monitor.signal { throw ExitCode(128 + signal) }
        guard let scope = session.scope else { throw status }
        var result = collected.pending.withLock { $0 }
        if monitor.interruption != nil { result.tests.formUnion(progress.unfinished) }
        result.tests = scope.withDependents(result.tests)
        guard !scope.sharing.isEmpty else { return result }
        // What tests wrote in the folder itself just before they ended is not told from what others did.
        try? await Task.sleep(for: .milliseconds(300))
        let rest = concerned(by: changes.take(), scope)
        result.needsPlan = result.needsPlan || rest.needsPlan
        result.tests.formUnion(scope.withDependents(rest.tests.subtracting(scope.sharing)))
        if result.cause.isEmpty { result.cause = rest.cause }
        return result
    }

    /// Takes in what changed while tests run.
    private func take(_ batch: ChangeGathering.Changes, into collected: Collected) {
        guard let scope = session.scope else { return }
        var change = concerned(by: batch, scope)
        change.tests.subtract(scope.sharing)
        // Those that have not begun get the files as they are then.
        change.tests.subtract(progress.waiting)
        guard change.needsPlan || !change.tests.isEmpty else { return }
        collected.pending.withLock { pending in
            pending.tests.formUnion(change.tests)
            pending.needsPlan = pending.needsPlan || change.needsPlan
            pending.cause = change.cause
        }
        let isPointless = change.needsPlan || !scope.withDependents(change.tests).isDisjoint(with: progress.running)
        if isPointless { monitor.interrupt(change.cause) }
    }

    /// Waits for a change that concerns a test.
    private func wait() async throws -> Pending {
        reporter.say(.info, "waiting for changes; Ctrl-C ends")
        while true {
            let batch: ChangeGathering.Changes
            do {
                batch = try await monitor.run(onSignal: { _, _ in }, operation: { try await changes.settled() })
            } catch {
                guard let signal = monitor.signal else { throw error }
                throw ExitCode(signal == SIGINT ? 0 : 128 + signal)
            }
            guard let scope = session.scope else { continue }
            var pending = concerned(by: batch, scope)
            pending.tests = scope.withDependents(pending.tests)
            if pending.needsPlan || !pending.tests.isEmpty { return pending }
        }
    }

    private func concerned(by changes: ChangeGathering.Changes, _ scope: WatchScope) -> Pending {
        var pending = Pending()
        var causes: [[UInt8]] = []
        for (path, isFolder) in changes.paths {
            let isSource = scope.isSource(path)
            let tests = scope.tests(concernedBy: path, isFolder: isFolder)
            pending.needsPlan = pending.needsPlan || isSource
            pending.tests.formUnion(tests)
            if isSource || !tests.isEmpty { causes.append(path) }
        }
        if changes.areMany { pending.tests = scope.all }
        pending.cause = Self.text(causes, below: scope.roots.first ?? "/", areMany: changes.areMany)
        return pending
    }

    private static func text(_ paths: [[UInt8]], below root: String, areMany: Bool) -> String {
        let texts = paths.map { String(decoding: $0, as: UTF8.self) }.sorted()
        guard let first = texts.first, !areMany else { return "many files changed" }
        let name = first.hasPrefix(root + "/") ? String(first.dropFirst(root.count + 1)) : first
        let shown = PrintableText.escaped(name, limit: 120)
        let others = texts.count - 1
        return others == 0 ? "\(shown) changed" : "\(shown) and \(others) \(others == 1 ? "other" : "others") changed"
    }

    private static func text(_ tests: Set<PhaseKind>) -> String {
        let names = tests.map(\.description).sorted()
        let shown = names.prefix(4).map { PrintableText.escaped($0, limit: 80) }.joined(separator: ", ")
        return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    }
}
