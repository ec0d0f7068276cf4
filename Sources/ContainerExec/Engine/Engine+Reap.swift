extension Engine {
    /// Removes every container of a run that is dead, and returns how many there were.
    ///
    /// A call that the run had sent may still be carried out, so this looks again, at growing distances, until nothing
    /// has come for `quiet`. What cannot be asked or removed now is tried again until then.
    ///
    /// - Throws: ``ContainerExecError`` when the engine failed to the last.
    @discardableResult
    package func reap(run: String, quiet: Duration = .seconds(3)) async throws(ContainerExecError) -> Int {
        let clock = ContinuousClock()
        let limit = clock.now + .seconds(60)
        var lastSeen = clock.now
        var pause = Duration.milliseconds(20)
        var removed: Set<ContainerID> = []
        var failure: ContainerExecError?
        while clock.now - lastSeen < quiet, clock.now < limit {
            do throws(ContainerExecError) {
                let found = try await list(label: "\(ContainerLabels.run)=\(run)")
                failure = nil
                for container in found {
                    lastSeen = clock.now
                    try await remove(container.id)
                    removed.insert(container.id)
                }
            } catch {
                failure = error
            }
            do { try await Task.sleep(for: pause) } catch { break }
            pause = min(pause * 2, .milliseconds(500))
        }
        if let failure { throw failure }
        return removed.count
    }
}
