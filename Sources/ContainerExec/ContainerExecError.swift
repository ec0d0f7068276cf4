/// A phase that could not be run, in contrast to a command that failed, which is a result.
package struct ContainerExecError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Sendable, Hashable {
        private enum Kind {
            case engineUnavailable, engineFailed, engineGone, diskFull, imageNotFound, imageRefused, wrongPlatform,
                noShell
            case outOfMemory, streamCut, statusLost, workspace, io, input, cancelled
        }

        private let kind: Kind

        /// No engine answers.
        package static let engineUnavailable = Code(kind: .engineUnavailable)
        /// The engine answered with an error, or stopped answering.
        package static let engineFailed = Code(kind: .engineFailed)
        /// The engine stopped answering in the middle of a command.
        package static let engineGone = Code(kind: .engineGone)
        /// The engine's disk is full.
        package static let diskFull = Code(kind: .diskFull)
        /// The image does not exist, or the engine does not have it.
        package static let imageNotFound = Code(kind: .imageNotFound)
        /// The registry does not give the image to whoever asked.
        package static let imageRefused = Code(kind: .imageRefused)
        /// The image is for another processor or system than the engine runs, or than was asked for.
        package static let wrongPlatform = Code(kind: .wrongPlatform)
        /// The image has no shell.
        package static let noShell = Code(kind: .noShell)
        /// The kernel killed the phase's shell for want of memory.
        package static let outOfMemory = Code(kind: .outOfMemory)
        /// The shell ended in the middle of a command, or the way to it, so that the command's status is not known.
        package static let streamCut = Code(kind: .streamCut)
        /// The shell is there, but the process that was to tell the command's status is not.
        package static let statusLost = Code(kind: .statusLost)
        /// The context folder could not be read.
        package static let workspace = Code(kind: .workspace)
        /// The system refused a process, a pipe or a thread.
        package static let io = Code(kind: .io)
        /// A command or a variable that no shell can take.
        package static let input = Code(kind: .input)
        /// The task was cancelled before there was anything to cancel in the shell.
        package static let cancelled = Code(kind: .cancelled)
    }

    /// What kind of failure it was.
    package let code: Code
    /// What failed, where and why, in lower case.
    package let message: String
    /// What to do, or nil.
    package let hint: String?

    /// Creates an error.
    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { message }
}
