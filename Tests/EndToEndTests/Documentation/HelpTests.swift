import FoundationEssentials
import Testing

/// The help texts and refusals of the command line are part of what users and scripts rely on.
@Suite struct HelpTests {
    /// Every command that the program's own help lists, those of its groups, and the program itself.
    static func commands(under group: [String] = []) async throws -> [[String]] {
        let help = try await Program.run(group + ["--help"], in: "/").output
        guard help.contains("\nSUBCOMMANDS:\n") else { return [group] }
        let section = help.components(after: "\nSUBCOMMANDS:\n")
        let lines = section.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        let names = lines.compactMap { line -> String? in
            // What is indented more goes on with the abstract of the line above.
            guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }
        var commands = [group]
        for name in names { commands += try await Self.commands(under: group + [name]) }
        return commands
    }

    @Test func `the help of every command is as recorded`() async throws {
        let commands = try await Self.commands()
        #expect(commands.count >= 5)
        for command in commands {
            let help = try await Program.run(command + ["--help"], in: "/", environment: ["COLUMNS": "80"])
            #expect(help.status == 0)
            #expect(help.errors.isEmpty)
            try GoldenFile("help-\(command.isEmpty ? "okteto-run" : command.joined(separator: "-")).txt").expect(
                help.output
            )
        }
        let recorded = try GoldenFile.names().filter { $0.hasPrefix("help-") }
        #expect(recorded.count == commands.count, "a command is gone, and its golden file is not: \(recorded)")
    }

    @Test func `help is given in whatever state the variables are`() async throws {
        let help = try await Program.run(["deploy", "--help"], in: "/", environment: ["OKTETO_RUN_ENGINE": "bogus"])
        #expect(help.status == 0)
    }

    @Test(arguments: [
        (["deploy", "--engin", "shell"], "--engine"), (["deploy", "--time", "5s"], "--time"),
        (["deploy", "--engine", "dokcer"], "'dokcer'"), (["deploy", "--engine"], "--engine"),
        (["deploy", "--timeout", "soon"], "'soon'"), (["deploy", "extra"], "'extra'"),
        (["validate", "--dry-run"], "--dry-run"), (["destroy", "--force-destory"], "--force-destroy"),
        (["test", "--log-output", "xml"], "'xml'"), (["frobnicate"], "frobnicate"), (["--frobnicate"], "--frobnicate"),
    ])
    func `a wrong command line exits with 64, says what is wrong, and runs nothing`(
        arguments: [String],
        text: String
    ) async throws {
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\ndestroy:\n- touch ran\n")
        let result = try await Program.run(arguments, in: workspace.path)
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(text), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `a variable that is wrong exits with 64, names itself, and runs nothing`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- touch ran\n")
        for (name, value) in [
            ("OKTETO_RUN_ENGINE", "dokcer"), ("OKTETO_RUN_LOG_OUTPUT", "xml"), ("OKTETO_RUN_TIMEOUT", "soon"),
            ("OKTETO_RUN_NO_CREDENTIALS", "maybe"), ("OKTETO_RUN_VAR", "novalue"), ("OKTETO_RUN_ENV", "=x"),
        ] {
            let result = try await Program.run(["deploy"], in: workspace.path, environment: [name: value])
            #expect(result.status == 64, "\(name)")
            #expect(result.errors.contains(name), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `every variable does what its option does`() async throws {
        let workspace = try Workspace(
            manifest: "",
            files: [
                "other.yml": """
                deploy: {image: busybox, commands: ['echo "$A $B $C $OKTETO_NAME $OKTETO_NAMESPACE"']}
                destroy: [exit 3, echo after]
                test: {t: {commands: [echo tested]}}
                """
            ]
        )
        var environment = [
            "OKTETO_RUN_FILE": "other.yml", "OKTETO_RUN_ENGINE": "shell", "OKTETO_RUN_ENV": "A=1\nB=2",
            "OKTETO_RUN_VAR": "C=long value", "OKTETO_RUN_NAME": "named", "OKTETO_RUN_NAMESPACE": "space",
            "OKTETO_RUN_DEPLOY": "yes", "OKTETO_RUN_FORCE_DESTROY": "true",
            "OKTETO_RUN_ROLE_ARN": "arn:aws:iam::112233445566:role/none", "OKTETO_RUN_NO_CREDENTIALS": "1",
        ]
        let test = try await Program.run(["test", "-e", "B=3"], in: workspace.path, environment: environment)
        #expect(test.output == "1 3 *** named space\ntested\n", "\(test.errors)")
        let destroy = try await Program.run(["destroy"], in: workspace.path, environment: environment)
        #expect(destroy.output == "after\n")
        #expect(destroy.status == 3)
        environment["OKTETO_RUN_LOG_OUTPUT"] = "json"
        let json = try await Program.run(["validate"], in: workspace.path, environment: environment)
        #expect(json.output.hasPrefix("{\"level\":"), "\(json.errors)")
        environment["OKTETO_RUN_DRY_RUN"] = "true"
        let dry = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(!dry.output.contains("named space"))
        environment["OKTETO_RUN_DRY_RUN"] = nil
        environment["OKTETO_RUN_NO_CREDENTIALS"] = "off"
        #expect(try await Program.run(["deploy"], in: workspace.path, environment: environment).status == 77)
    }
}

extension String {
    /// The text after the first occurrence of a separator; empty where there is none.
    func components(after separator: String) -> String {
        firstRange(of: separator).map { String(self[$0.upperBound...]) } ?? ""
    }
}
