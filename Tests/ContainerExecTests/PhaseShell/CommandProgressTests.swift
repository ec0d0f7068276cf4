import Testing

@testable import ContainerExec

/// What is sent to a running command, and when.
struct CommandProgressTests {
    private let start = ContinuousClock.now

    private func running(grace: Duration = .seconds(10)) -> CommandProgress {
        var progress = CommandProgress()
        progress.begin(grace: grace, at: start)
        return progress
    }

    @Test func `TERM waits until the command's process takes it, and is sent once`() {
        var progress = running()
        let early = progress.cancel(at: start)
        let started = progress.start()
        let again = progress.cancel(at: start)
        #expect(!early && started && !again)
    }

    @Test func `a command that runs already gets TERM at once`() {
        var progress = running()
        let started = progress.start()
        let cancelled = progress.cancel(at: start)
        #expect(!started && cancelled)
    }

    @Test func `the driver is asked once a second, by the command's number`() {
        var progress = running()
        let answers = [900, 1_000, 1_100, 2_100].map { progress.due(at: start + .milliseconds($0)) }
        #expect(answers == [.nothing, .probe(1), .nothing, .probe(1)])
    }

    @Test func `KILL is due once, when the grace after a cancellation is over`() {
        var progress = running(grace: .seconds(2))
        _ = progress.cancel(at: start + .seconds(5))
        let answers = [6_900, 7_000, 7_200].map { progress.due(at: start + .milliseconds($0)) }
        #expect(answers == [.nothing, .kill, .nothing])
    }

    @Test func `nothing is due when no command runs, nor of the last one when the next runs`() {
        var progress = running(grace: .zero)
        _ = progress.cancel(at: start)
        progress.end()
        let idle = progress.due(at: start + .seconds(9))
        progress.begin(grace: .seconds(10), at: start + .seconds(9))
        let next = progress.due(at: start + .seconds(9))
        #expect(idle == .nothing && next == .nothing && !progress.wasCancelled)
    }
}
