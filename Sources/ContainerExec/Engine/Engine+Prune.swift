#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Engine {
    /// Returns the containers that dead runs of this machine left.
    package func abandonedContainers(
        host: HostIdentity = .current()
    ) async throws(ContainerExecError) -> [ContainerSummary] {
        let rule = AbandonmentRule(host: host, now: Int64(time(nil))) { pid in
            // A process of another user is alive, too: then the error is EPERM.
            probe(pid) == 0 || errno != ESRCH
        }
        return try await list().filter { rule.isAbandoned($0) }
    }
}

/// Asks whether a process exists, by kill(2) with no signal; within ``Engine`` the name `kill` means another thing.
private func probe(_ pid: Int32) -> Int32 {
    kill(pid, 0)
}
