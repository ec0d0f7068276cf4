internal import ContainerExec
internal import CredentialInjector
internal import ProcessEnvironment

extension RunFailure {
    /// Returns the failure that stands for any error: the one place where causes become exit statuses.
    init(_ error: any Error) {
        switch error {
        case let failure as RunFailure:
            self = failure
        case let error as CredentialError:
            let status: ExitStatus = error.kind == .temporary ? .temporaryFailure : .credentialsRefused
            let hints = error.details + (error.nextStep.map { [$0] } ?? [])
            self.init(status, error.message, hint: hints.isEmpty ? nil : hints.joined(separator: "\n"))
        case let error as ContainerExecError:
            self.init(Self.status(of: error.code), error.message, hint: error.hint)
        case let error as SystemError:
            self.init(.ioError, "\(error)")
        case let passed as Deadline.Passed:
            self.init(
                .timedOut,
                "the phase took longer than --timeout allows"
                    + (passed.command.map { "; \($0.description)" } ?? ""),
                hint: "give it more time, or look where it hangs"
            )
        case is CancellationError:
            self.init(.ioError, "the run was cancelled")
        default:
            self.init(.ioError, "\(error)")
        }
    }

    private static func status(of code: ContainerExecError.Code) -> ExitStatus {
        switch code {
        case .workspace, .io, .diskFull: .ioError
        // What the kernel's KILL gives: 128 + 9.
        case .outOfMemory: .command(137)
        case .input: .invalidManifest
        default: .engineFailed
        }
    }
}
