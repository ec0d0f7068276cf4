#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The machine, its boot and the PID namespace in which a process identifier means something.
///
/// One engine can serve several machines, and containers that share its socket: a process that is not to be seen from
/// here need not be dead.
package struct HostIdentity: Sendable, Hashable, CustomStringConvertible {
    /// Twelve digits of a digest of the machine's identifier and name.
    package let machine: String
    /// Twelve digits of a digest of the boot's identifier.
    package let boot: String
    /// Twelve digits of a digest of the PID namespace.
    package let namespace: String

    /// Creates an identity of three words without points.
    package init(machine: String, boot: String, namespace: String) {
        self.machine = machine
        self.boot = boot
        self.namespace = namespace
    }

    /// Creates the identity that a label holds; nil when it holds none.
    package init?(label: String) {
        let parts = label.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(machine: parts[0], boot: parts[1], namespace: parts[2])
    }

    /// Returns the identity of where this process runs.
    package static func current() -> HostIdentity {
        make(
            machineID: SmallFile.read("/etc/machine-id") ?? [],
            hostName: hostName(),
            bootID: SmallFile.read("/proc/sys/kernel/random/boot_id") ?? [],
            namespace: processNamespace()
        )
    }

    static func make(machineID: [UInt8], hostName: [UInt8], bootID: [UInt8], namespace: [UInt8]) -> HostIdentity {
        func digest(_ bytes: [UInt8]) -> String { String(SHA256.hexadecimal(bytes).prefix(12)) }
        return HostIdentity(
            machine: digest(machineID + [0] + hostName),
            boot: digest(bootID),
            namespace: digest(namespace)
        )
    }

    /// The form for a label.
    package var description: String { "\(machine).\(boot).\(namespace)" }

    private static func hostName() -> [UInt8] {
        var name = [CChar](repeating: 0, count: 256)
        // The last byte stays NUL, whatever gethostname(2) writes.
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return [] }
        return name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    }

    private static func processNamespace() -> [UInt8] {
        var target = [CChar](repeating: 0, count: 256)
        let count = unsafe readlink("/proc/self/ns/pid", &target, target.count)
        return count > 0 ? target.prefix(count).map { UInt8(bitPattern: $0) } : []
    }
}
