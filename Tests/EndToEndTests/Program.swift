import FoundationEssentials
import Subprocess
import SystemPackage

/// The built program, run as a user runs it.
enum Program {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    static var path: String {
        let environment = EnvironmentVariable.value("OKTETO_RUN_BINARY")
        return environment ?? FileManager.default.currentDirectoryPath + "/.build/debug/okteto-run"
    }

    /// Runs it and sends it a signal once its standard output has shown a text.
    static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        sending signal: Signal?,
        after text: String
    ) async throws -> Result {
        try await run(arguments, in: folder, environment, after: text) { send in
            if let signal { try send(signal) }
        }
    }

    /// Runs it and does something once its standard output has shown a text.
    static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        doing action: () async throws -> Void,
        after text: String
    ) async throws -> Result {
        try await run(arguments, in: folder, environment, after: text) { _ in try await action() }
    }

    private static func run(
        _ arguments: [String],
        in folder: String,
        _ environment: [String: String],
        after text: String,
        _ action: (_ send: (Signal) throws -> Void) async throws -> Void
    ) async throws -> Result {
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            environment: .custom(variables(environment, folder)),
            workingDirectory: FilePath(folder),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var output = ""
            var isDone = false
            for try await line in execution.standardOutput.strings() {
                output += line
                if !isDone, output.contains(text) {
                    isDone = true
                    try await action { try execution.send(signal: $0) }
                }
            }
            return output
        }
        return Result(status: status(result.terminationStatus), output: result.closureResult, errors: "")
    }

    /// Runs it, calls `body` with its process id and output once its standard output has shown a text, and ends it.
    static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        once text: String,
        _ body: (_ process: Int, _ output: String) async throws -> Void
    ) async throws -> Result {
        let errors = folder + "/errors-" + UUID().uuidString
        let descriptor = try FileDescriptor.open(
            FilePath(errors),
            .writeOnly,
            options: [.create],
            permissions: [.ownerReadWrite]
        )
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            environment: .custom(variables(environment, folder)),
            workingDirectory: FilePath(folder),
            input: .none,
            output: .sequence,
            error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
        ) { execution in
            var output = ""
            var isSeen = false
            for try await line in execution.standardOutput.strings() {
                // They come without their newlines.
                output += line + "\n"
                guard !isSeen, output.contains(text) else { continue }
                isSeen = true
                do {
                    try await body(Int(execution.processIdentifier.value), output)
                } catch {
                    try execution.send(signal: .terminate)
                    throw error
                }
                try execution.send(signal: .terminate)
            }
            return output
        }
        return Result(
            status: status(result.terminationStatus),
            output: result.closureResult,
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }

    private static func variables(_ given: [String: String], _ folder: String) -> [Environment.Key: String] {
        var variables: [Environment.Key: String] = [
            "PATH": EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin", "HOME": folder,
        ]
        // How a sanitizer is told what to leave out; unset in other runs.
        for name in ["LSAN_OPTIONS", "TSAN_OPTIONS"] {
            if let value = EnvironmentVariable.value(name) { variables[Environment.Key(stringLiteral: name)] = value }
        }
        for (name, value) in given { variables[Environment.Key(stringLiteral: name)] = value }
        return variables
    }

    private static func status(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }

    /// Runs it in a folder with nothing of this process's environment but PATH and HOME, and what is given.
    static func run(
        _ arguments: [String],
        of program: String = path,
        in folder: String,
        environment: [String: String] = [:]
    ) async throws -> Result {
        let result = try await Subprocess.run(
            .path(FilePath(program)),
            arguments: Arguments(arguments),
            environment: .custom(variables(environment, folder)),
            workingDirectory: FilePath(folder),
            output: .string(limit: 64 << 20),
            error: .string(limit: 64 << 20)
        )
        return Result(
            status: status(result.terminationStatus),
            output: result.standardOutput,
            errors: result.standardError
        )
    }
}

enum EnvironmentVariable {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}
