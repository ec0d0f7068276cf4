internal import CPlatform
internal import Subprocess
internal import Synchronization

// Subprocess names paths by the type of the system's own module where there is one.
#if canImport(System)
internal import System
#else
internal import SystemPackage
#endif

/// A program that is run once for what it prints: no shell, and on its standard input only what it is given.
///
/// It leads a process group of its own, all of which is ended when it takes too long or the task is cancelled.
package struct HelperProgram: Sendable {
    /// The bytes of standard error that are kept.
    private static let maximumErrorBytes = 4096

    private let words: [String]
    private let environment: EnvironmentVariables
    private let standardInput: Secret?
    private let timeout: Duration
    private let maximumOutputBytes: Int

    private enum Outcome: Sendable {
        case finished(HelperProgramResult)
        case failed(HelperProgramError)
        case timedOut
        case stoppedWaiting
    }

    /// Creates a program from its name and arguments; a name without a slash is looked up in the `PATH` of `environment`.
    ///
    /// The program gets exactly `environment`, and may print `maximumOutputBytes` on its standard output. Without
    /// `standardInput` its standard input is /dev/null.
    package init(
        words: [String],
        environment: EnvironmentVariables,
        standardInput: Secret? = nil,
        timeout: Duration = .seconds(30),
        maximumOutputBytes: Int = 64 << 10
    ) {
        self.words = words
        self.environment = environment
        self.standardInput = standardInput
        self.timeout = timeout
        self.maximumOutputBytes = maximumOutputBytes
    }

    /// Runs the program to its end and returns what it left; an exit status other than 0 is a result too.
    ///
    /// - Throws: ``HelperProgramError`` when it cannot be run, or does not end in time or within its bounds.
    package func run() async throws(HelperProgramError) -> HelperProgramResult {
        let standardError = ByteStore(limit: Self.maximumErrorBytes)
        let outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask {
                guard let standardInput else { return await launch(reading: .none, keeping: standardError) }
                return await launch(reading: HelperInput(secret: standardInput), keeping: standardError)
            }
            group.addTask {
                // Cancelled when the program has ended.
                let isOver: ()? = try? await Task.sleep(for: timeout)
                return isOver == nil ? .stoppedWaiting : .timedOut
            }
            var outcome = Outcome.stoppedWaiting
            for await next in group {
                if case .stoppedWaiting = next { continue }
                // The first word counts: a program that was ended for its time finishes too.
                if case .stoppedWaiting = outcome { outcome = next }
                group.cancelAll()
            }
            return outcome
        }
        guard !Task.isCancelled else { throw HelperProgramError(.cancelled, "cancelled") }
        switch outcome {
        case .finished(let result): return result
        case .failed(let error): throw error
        case .timedOut, .stoppedWaiting:
            throw HelperProgramError(
                .timedOut,
                "it did not end within \(timeout)",
                standardError: standardError.bytes
            )
        }
    }

    private func launch(reading input: some InputProtocol, keeping standardError: ByteStore) async -> Outcome {
        guard let name = words.first, !name.isEmpty else {
            return .failed(HelperProgramError(.notStarted, "no program is named"))
        }
        guard !words.contains(where: { $0.utf8.contains(0) }) else {
            return .failed(HelperProgramError(.notStarted, "a word of it has a NUL"))
        }
        guard let path = ExecutableSearch.path(of: name, in: environment) else {
            return .failed(HelperProgramError(.notStarted, "the program '\(name)' was not found or cannot be run"))
        }
        // A program that ends without reading its input is an error of the write, and not the end of this one.
        oktetorun_ignore_broken_pipes()
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(executablePathOverride: name, remainingValues: Array(words.dropFirst())),
                environment: .custom(environment.entries.map { $0 + [0] }),
                platformOptions: options,
                input: input,
                output: .bytes(limit: maximumOutputBytes),
                error: .sequence
            ) { execution in
                for try await chunk in execution.standardError {
                    // The closure copies the bytes.
                    unsafe chunk.withUnsafeBytes { unsafe standardError.append(Array($0)) }
                }
            }
            let status: CInt
            switch result.terminationStatus {
            case .exited(let code): status = code
            case .signaled(let number): status = 128 + number
            }
            return .finished(
                HelperProgramResult(
                    exitStatus: status,
                    standardOutput: Secret(bytes: result.standardOutput),
                    standardError: standardError.bytes
                )
            )
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            let message = "it printed more than \(maximumOutputBytes) bytes"
            return .failed(HelperProgramError(.tooMuchOutput, message, standardError: standardError.bytes))
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .failed(HelperProgramError(.notStarted, "the program '\(name)' was not found or cannot be run"))
        } catch let error as SubprocessError {
            // Only the code and the system's reason: other parts of the error may hold the arguments.
            let reason = error.underlyingError.map { SystemError(operation: "run it", errno: $0.rawValue).reason }
            return .failed(HelperProgramError(.notStarted, "it could not be run: \(reason ?? "\(error.code)")"))
        } catch {
            return .failed(HelperProgramError(.notStarted, "it could not be run"))
        }
    }
}

/// The beginning of a stream, shared by its reader and whoever reports on it.
private final class ByteStore: Sendable {
    private let limit: Int
    private let kept = Mutex<[UInt8]>([])

    init(limit: Int) {
        self.limit = limit
    }

    var bytes: [UInt8] { kept.withLock { $0 } }

    func append(_ bytes: [UInt8]) {
        kept.withLock { $0 += bytes.prefix(limit - $0.count) }
    }
}
