internal import FoundationEssentials
internal import ProcessEnvironment

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Which run of okteto-run a container belongs to, as its labels tell later runs.
package struct RunIdentity: Sendable, Hashable {
    /// A UUID, new for each run.
    package let run: String
    /// The process of the run.
    package let pid: Int32
    /// The machine that ``pid`` means something on.
    package let host: HostIdentity

    /// Creates an identity.
    package init(run: String, pid: Int32, host: HostIdentity) {
        self.run = run
        self.pid = pid
        self.host = host
    }

    /// Returns the identity of this process, with a new UUID.
    package static func current() -> RunIdentity {
        RunIdentity(run: UUID().uuidString.lowercased(), pid: getpid(), host: .current())
    }
}
