/// Tells which containers of okteto-run have nobody left who will remove them.
///
/// A container without its run is removed by its engine as soon as its shell ends, so what stays behind was created
/// and never started. Where it is not certain that the run is dead, the container is left alone.
struct AbandonmentRule {
    /// Where this process runs.
    let host: HostIdentity
    /// The time now, in seconds since 1970.
    let now: Int64
    /// Returns whether a process of this PID namespace is alive.
    let isAlive: (Int32) -> Bool

    /// The age in seconds from which a container of an earlier boot is old enough.
    static let age: Int64 = 3_600

    /// Returns whether the run of `container` is dead for certain.
    func isAbandoned(_ container: ContainerSummary) -> Bool {
        guard container.labels[ContainerLabels.mark] == "1",
            let owner = container.labels[ContainerLabels.host].flatMap({ HostIdentity(label: $0) }),
            let pid = container.labels[ContainerLabels.pid].flatMap({ Int32($0) }), pid > 0,
            owner.machine == host.machine
        else { return false }
        if owner.boot == host.boot {
            return owner.namespace == host.namespace && !isAlive(pid)
        }
        // Another boot of this machine, or of its twin with the same name and identifier: that one may live.
        return container.state != "running" && now - container.created > Self.age
    }
}
