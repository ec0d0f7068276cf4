/// What ended a command, or the phase in the middle of one: each cause with its own words.
package enum PhaseEnd: Sendable, Hashable {
    /// The command ended by itself.
    case exited(status: Int32)
    /// A signal killed the command.
    case killed(signal: Int32)
    /// The kernel killed the command for want of memory; nil when it killed the phase's shell with it.
    case outOfMemory(status: Int32?)
    /// The container ended, or was removed, while the command ran.
    case containerEnded(status: Int?)
    /// The engine stopped answering while the command ran; why.
    case engineGone(String)
    /// The container goes on, and the connection to it does not.
    case connectionLost

    /// Tells the cause by what is known.
    package init(_ evidence: PhaseEvidence) {
        if let status = evidence.exitStatus {
            switch status {
            case 137 where evidence.ranOutOfMemory: self = .outOfMemory(status: status)
            case 129..<160: self = .killed(signal: status - 128)
            default: self = .exited(status: status)
            }
        } else if let reason = evidence.engineFailure {
            self = .engineGone(reason)
        } else if evidence.ranOutOfMemory {
            self = .outOfMemory(status: nil)
        } else if case .ended(let status) = evidence.container {
            self = .containerEnded(status: status)
        } else {
            self = .connectionLost
        }
    }

    /// What happened to the command, to be read after its name: `failed with exit status 3`.
    package var words: String {
        switch self {
        case .exited(let status): "failed with exit status \(status)"
        case .killed(let signal): "was killed by signal \(signal)"
        case .outOfMemory: "ran out of memory and was killed"
        case .containerEnded(let status):
            "was still running when its container ended\(status.map { " with status \($0)" } ?? "")"
        case .engineGone: "was still running when the engine went away"
        case .connectionLost: "was still running when the connection to its container broke"
        }
    }

    /// What to do about it, or nil.
    package var hint: String? {
        switch self {
        case .exited(126): "the file that it runs is not executable"
        case .exited(127): "a program that it runs was not found: is it in the image, and in PATH?"
        case .killed(9): "something sent it KILL; often that is the system, when memory runs out"
        case .exited, .killed: nil
        case .outOfMemory: "give the container more with --memory, or the engine's machine, or let the command use less"
        case .containerEnded: "was it stopped or removed from outside, or does the command kill everything?"
        case .engineGone: "start the engine again and run the phase anew; its log says why it ended"
        case .connectionLost: "run the phase anew; the engine's log may say more"
        }
    }

    /// The error for a phase that cannot go on because of it; `command` is the one that ran, `place` where.
    package func error(command: String, place: String) -> ContainerExecError {
        let name = "command '\(command)'"
        let unknown = "; its result is not known"
        switch self {
        case .engineGone(let reason):
            let message = "the engine went away while \(name) ran\(unknown): \(reason)"
            return ContainerExecError(.engineGone, message, hint: hint)
        case .outOfMemory:
            return ContainerExecError(.outOfMemory, "\(place) ran out of memory while \(name) ran", hint: hint)
        case .containerEnded(let status):
            let end = status.map { " with status \($0)" } ?? ""
            return ContainerExecError(.streamCut, "\(place) ended\(end) while \(name) ran\(unknown)", hint: hint)
        case .connectionLost, .exited, .killed:
            return ContainerExecError(
                .streamCut,
                "the connection to \(place) broke while \(name) ran\(unknown)",
                hint: hint
            )
        }
    }
}
