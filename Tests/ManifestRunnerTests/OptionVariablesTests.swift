import ArgumentParser
import Synchronization
import Testing

@testable import ManifestRunner

@Suite struct OptionVariablesTests {
    private func parse<Command: ParsableCommand>(
        _: Command.Type,
        _ arguments: [String] = [],
        _ variables: [String: String]
    ) throws -> Command {
        let lookUp: @Sendable (String) -> String? = { variables[$0] }
        return try OptionVariables.$lookUp.withValue(lookUp) { try Command.parse(arguments) }
    }

    private func refusal<Command: ParsableCommand>(
        _: Command.Type,
        _ variables: [String: String]
    ) -> (status: Int32, message: String)? {
        do {
            _ = try parse(Command.self, [], variables)
            return nil
        } catch {
            return (Command.exitCode(for: error).rawValue, Command.fullMessage(for: error))
        }
    }

    /// The names of all options that the help of a command shows.
    private func options<Command: ParsableCommand>(of _: Command.Type) -> Set<String> {
        let words = Command.helpMessage(columns: 10_000).split(separator: "\n").filter { $0.hasPrefix("  -") }
        let names = words.compactMap { $0.firstMatch(of: /--([a-z-]+)/).map { String($0.1) } }
        return Set(names).subtracting(["help", "version"])
    }

    private func expectAVariable<Command: ParsableCommand>(for command: Command.Type) throws {
        let asked = Mutex<Set<String>>([])
        let lookUp: @Sendable (String) -> String? = { name in
            asked.withLock { _ = $0.insert(name) }
            return nil
        }
        _ = try OptionVariables.$lookUp.withValue(lookUp) { try Command.parse([]) }
        let options = options(of: command)
        #expect(options.count >= 2)
        #expect(asked.withLock { $0 } == Set(options.map(OptionVariables.variable)), "\(command)")
    }

    @Test func `every option that a command shows has a variable, and no other is looked at`() throws {
        try expectAVariable(for: DeployCommand.self)
        try expectAVariable(for: TestCommand.self)
        try expectAVariable(for: DestroyCommand.self)
        try expectAVariable(for: ValidateCommand.self)
        try expectAVariable(for: PruneCommand.self)
        try expectAVariable(for: CredentialsCheckCommand.self)
        try expectAVariable(for: AWSExplainCommand.self)
        try expectAVariable(for: InitCommand.self)
        try expectAVariable(for: DoctorCommand.self)
        try expectAVariable(for: CredentialsEnvCommand.self)
        try expectAVariable(for: CredentialsProcessCommand.self)
        try expectAVariable(for: AWSTrustPolicyCommand.self)
    }

    @Test func `an option takes its variable's value, and what is given wins`() throws {
        let variables = [
            "OKTETO_RUN_ENGINE": "podman", "OKTETO_RUN_NETWORK": "host", "OKTETO_RUN_FILE": "a.yml",
            "OKTETO_RUN_TIMEOUT": "5m", "OKTETO_RUN_LOG_OUTPUT": "json", "OKTETO_RUN_NAME": "n",
            "OKTETO_RUN_NAMESPACE": "ns",
        ]
        let command = try parse(DeployCommand.self, ["--network", "none", "-t", "1m"], variables)
        #expect(command.execution.engine == .podman)
        #expect(command.execution.network == "none")
        #expect(command.execution.timeout?.seconds == 60)
        #expect(command.execution.name == "n")
        #expect(command.execution.namespace == "ns")
        #expect(command.manifest.file == "a.yml")
        #expect(command.output.logOutput == .json)
        #expect(try parse(TestCommand.self, [], variables).execution.timeout?.seconds == 300)
    }

    @Test(arguments: [
        ("1", true), ("true", true), ("TRUE", true), ("yes", true), ("on", true), ("0", false), ("false", false),
        ("No", false), ("off", false),
    ])
    func `a flag's variable says yes or no`(text: String, value: Bool) throws {
        let variables = [
            "OKTETO_RUN_NO_CREDENTIALS": text, "OKTETO_RUN_DRY_RUN": text, "OKTETO_RUN_FORCE_DESTROY": text,
            "OKTETO_RUN_DEPLOY": text,
        ]
        let destroy = try parse(DestroyCommand.self, [], variables)
        #expect(destroy.credentials.noCredentials == value)
        #expect(destroy.execution.dryRun == value)
        #expect(destroy.forceDestroy == value)
        #expect(try parse(TestCommand.self, [], variables).deploy == value)
        #expect(try parse(DestroyCommand.self, ["--dry-run"], variables).execution.dryRun)
    }

    @Test func `the lines of a list's variable come before what is given`() throws {
        let variables = ["OKTETO_RUN_ENV": "A=1\r\n\n  \nB=x=y, z\nC", "OKTETO_RUN_VAR": "V="]
        let command = try parse(DeployCommand.self, ["-e", "A=2", "-v", "W=1"], variables)
        #expect(command.execution.environment == ["A=1", "B=x=y, z", "C", "A=2"])
        #expect(command.variables == ["V=", "W=1"])
    }

    @Test(arguments: [
        ("OKTETO_RUN_ENGINE", "dokcer", "auto, shell, docker, podman"), ("OKTETO_RUN_TIMEOUT", "soon", "--timeout"),
        ("OKTETO_RUN_LOG_OUTPUT", "xml", "tty, plain, json"), ("OKTETO_RUN_NO_CREDENTIALS", "maybe", "true or false"),
        ("OKTETO_RUN_DRY_RUN", "2", "true or false"), ("OKTETO_RUN_DURATION", "long", "--duration"),
    ])
    func `a value that the option does not take is a wrong command line, and the variable is named`(
        name: String,
        value: String,
        advice: String
    ) throws {
        let refused = try #require(refusal(DeployCommand.self, [name: value]))
        #expect(refused.status == 64)
        #expect(refused.message.contains("\(name) is \"\(value)\""))
        #expect(refused.message.contains(advice))
    }

    @Test(arguments: ["A=1\nhunter2hunter2", "A=1\n=hunter2hunter2"])
    func `of a line that sets no variable only the number is told`(text: String) throws {
        let refused = try #require(refusal(DeployCommand.self, ["OKTETO_RUN_VAR": text]))
        #expect(refused.status == 64)
        #expect(refused.message.contains("line 2 of OKTETO_RUN_VAR"))
        #expect(!refused.message.contains("hunter2"))
    }
}
