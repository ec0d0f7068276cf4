internal import ArgumentParser
internal import CPlatform
internal import HTTPTransport

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The program: its subcommands, and how its ends become exit statuses.
@main
struct OktetoRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okteto-run",
        abstract:
            "Run the phases of an Okteto manifest anywhere, with AWS credentials exchanged for an identity token.",
        discussion: """
            Examples:
              okteto-run deploy
              okteto-run test unit --engine docker
              okteto-run destroy -f services/api/okteto.yml

            Every option has a variable: --engine is OKTETO_RUN_ENGINE, --dry-run is OKTETO_RUN_DRY_RUN=true. \
            The command line wins.
            """,
        version: "0.1.0",
        subcommands: [
            DeployCommand.self, TestCommand.self, DestroyCommand.self, InitCommand.self, ValidateCommand.self,
            CredentialsCommand.self, AWSCommand.self, DoctorCommand.self, PruneCommand.self, ReapCommand.self,
        ]
    )

    static func main() async {
        // Whatever the command: the environment alone may hold secrets.
        oktetorun_forbid_inspection()
        oktetorun_ignore_broken_pipes()
        ReapCommand.waitFirst()
        warmUp()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            leave(0)
        } catch {
            let text = fullMessage(for: error)
            let status = exitCode(for: error)
            // What was asked for, such as the help, is an answer; what is wrong is not.
            let writer = OutputWriter(sharesTerminal: false)
            if !text.isEmpty { writer.writeLines(text + "\n", to: status.isSuccess ? .standardOutput : .standardError) }
            leave(status.rawValue)
        }
    }

    /// Ends the program, without the libraries' own work at its end.
    ///
    /// Threads may still wait for what comes late from an engine or a server, and what OpenSSL and others take down when
    /// a program ends is then taken from under them.
    private static func leave(_ status: Int32) -> Never {
        _exit(status)
    }

    /// Begins with what a phase mostly needs and what takes as long as reading the command line and the manifest does.
    private static func warmUp() {
        let phases = [DeployCommand.self, TestCommand.self, DestroyCommand.self] as [any ParsableCommand.Type]
        let name = CommandLine.arguments.dropFirst().first
        guard phases.contains(where: { $0.configuration.commandName == name }) else { return }
        HTTPClient.warmUp()
    }
}
