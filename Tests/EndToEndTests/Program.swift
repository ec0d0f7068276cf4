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

    /// Runs it in a folder with nothing of this process's environment but PATH and HOME, and what is given.
    static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:]
    ) async throws -> Result {
        var variables: [Environment.Key: String] = [
            "PATH": EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin", "HOME": folder,
        ]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            environment: .custom(variables),
            workingDirectory: FilePath(folder),
            output: .string(limit: 64 << 20),
            error: .string(limit: 64 << 20)
        )
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Result(status: status, output: result.standardOutput, errors: result.standardError)
    }
}

enum EnvironmentVariable {
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}
