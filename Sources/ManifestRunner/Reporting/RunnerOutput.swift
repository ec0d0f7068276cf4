#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Whether this process's standard output is what a CI job's runner reads.
///
/// A variable only says that there is a runner somewhere: `okteto-run deploy >log` and `okteto-run deploy | tee log` would
/// write into a file what is meant for it alone. So every process from this one up to the runner must have the same pipe
/// as its standard output; in a container of the job, where the runner cannot be seen, up to the first process there is.
enum RunnerOutput {
    private static let runners: Set<String> = ["Runner.Worker", "forgejo-runner", "act_runner", "act", "gitlab-runner"]

    /// Whether it is; false where it cannot be known.
    static var isRead: Bool {
        var own = stat()
        guard unsafe fstat(1, &own) == 0, own.st_mode & S_IFMT == S_IFIFO else { return false }
        var process = getppid()
        // More than any job has; a loop cannot be, but processes come and go while this looks.
        for _ in 0..<100 {
            guard process > 0 else { return true }
            guard let (name, parent) = describe(process) else { return false }
            if runners.contains(name) { return true }
            var other = stat()
            guard unsafe stat("/proc/\(process)/fd/1", &other) == 0,
                other.st_dev == own.st_dev, other.st_ino == own.st_ino
            else { return false }
            process = parent
        }
        return false
    }

    /// Whether standard output and standard error are one file or pipe, as where a runner writes both into one log.
    static var isShared: Bool {
        var output = stat()
        var errors = stat()
        guard unsafe fstat(1, &output) == 0, unsafe fstat(2, &errors) == 0 else { return false }
        return output.st_dev == errors.st_dev && output.st_ino == errors.st_ino
    }

    /// The name of a process and its parent's number (proc_pid_stat(5)); nil where it cannot be known.
    private static func describe(_ process: pid_t) -> (name: String, parent: pid_t)? {
        guard let bytes = ProcessFile.read("/proc/\(process)/stat"),
            let open = bytes.firstIndex(of: UInt8(ascii: "(")), let close = bytes.lastIndex(of: UInt8(ascii: ")")),
            open < close
        else { return nil }
        let fields = bytes[(close + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count >= 2, let parent = pid_t(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return (String(decoding: bytes[(open + 1)..<close], as: UTF8.self), parent)
    }
}
