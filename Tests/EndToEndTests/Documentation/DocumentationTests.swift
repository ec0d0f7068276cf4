import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// What the documents show is so: manifests are valid, outputs are the program's, commands and options exist.
@Suite struct DocumentationTests {
    private static func blocks(_ languages: String...) -> [FencedBlock] {
        FencedBlock.all.filter { languages.contains($0.language) }
    }

    @Test func `every block is of a language that is checked`() {
        #expect(FencedBlock.all.count >= 8)
        for block in FencedBlock.all {
            #expect(["yaml", "json", "sh", "console", "text", ""].contains(block.language), "\(block.testDescription)")
        }
    }

    // Credential settings are YAML too; SettingsFilesTests runs with them. What CI services read is checked below.
    @Test(
        arguments: blocks("yaml").filter {
            !$0.mark.contains("<!-- settings -->") && !$0.mark.contains("<!-- workflow -->")
        }
    )
    func `a manifest in a document is valid, or marked as invalid and refused`(block: FencedBlock) async throws {
        let workspace = try Workspace(manifest: block.text)
        let result = try await Program.run(["validate"], in: workspace.path)
        let isInvalid = block.mark.contains("<!-- invalid -->")
        #expect(result.status == (isInvalid ? 65 : 0), "\(result.errors)")
        let warnings = result.errors.split(separator: "\n").filter { $0.contains(": warning: ") }
        // What only Okteto's parser takes is marked as such.
        let isParserOnly = block.mark.contains("<!-- parser only -->")
        if !isInvalid { #expect(warnings.isEmpty != isParserOnly, "\(result.errors)") }
        #expect(!isParserOnly || warnings.allSatisfy { $0.contains("which 'okteto validate' refuses") })
    }

    @Test(arguments: blocks("yaml").filter { $0.mark.contains("<!-- workflow -->") })
    func `what CI services read is YAML, and the commands in it are the program's own`(block: FencedBlock) async throws
    {
        // As a manifest it has keys of no manifest, and nothing else wrong with it.
        let workspace = try Workspace(manifest: block.text)
        let result = try await Program.run(["validate"], in: workspace.path)
        #expect(!result.errors.contains("YAML"), "\(result.errors)")
        let commands = block.text.matches(of: /- (?:run: )?okteto-run (.+)/).map { String($0.1) }
        #expect(!commands.isEmpty)
        let project = try Workspace(manifest: "deploy: [echo x]\ntest: {unit: {commands: [echo x]}}\n")
        for command in commands {
            let words = command.split(separator: " ").map(String.init)
            let run = try await Program.run(words + ["--engine", "shell"], in: project.path)
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    @Test(arguments: blocks("json"))
    func `JSON in a document is well formed`(block: FencedBlock) throws {
        struct Anything: Decodable {
            init(from decoder: any Decoder) throws {
                if let keyed = try? decoder.container(keyedBy: Key.self) {
                    for key in keyed.allKeys { _ = try keyed.decode(Anything.self, forKey: key) }
                } else if var list = try? decoder.unkeyedContainer() {
                    while !list.isAtEnd { _ = try list.decode(Anything.self) }
                }
            }

            struct Key: CodingKey {
                let stringValue: String
                var intValue: Int? { nil }
                init(stringValue: String) { self.stringValue = stringValue }
                init?(intValue: Int) { nil }
            }
        }
        #expect(throws: Never.self) { try JSONDecoder().decode(Anything.self, from: Data(block.text.utf8)) }
    }

    @Test func `the diagnostic in the manifest's document is the program's own`() async throws {
        let blocks = Self.blocks("text")
        #expect(blocks.map(\.document) == ["docs/manifest.md"])
        let workspace = try Workspace(
            manifest: "test:\n  unit:\n    image: busybox\n    comands:\n    - make test\n"
        )
        let result = try await Program.run(["validate"], in: workspace.path)
        #expect(result.status == 65)
        for block in blocks { #expect(result.errors.contains(block.text), "\(result.errors)") }
    }

    @Test func `every block of commands is run, or listed with the reason why not`() {
        for entry in UnrunBlock.all {
            #expect(FencedBlock.all.count(where: entry.fits) == 1, "\(entry.document): \(entry.beginning)")
            #expect(!entry.reason.isEmpty)
        }
        for block in Self.blocks("sh", "console") {
            let isListed = UnrunBlock.all.contains { $0.fits(block) }
            #expect(isListed != block.isRun, "\(block.testDescription) is neither run nor listed, or both")
        }
        // What has no language is a drawing; it may not look like commands.
        for block in Self.blocks("") { #expect(!block.text.contains("$ "), "\(block.testDescription)") }
    }

    @Test(arguments: blocks("sh", "console"))
    func `commands are well formed, and the programs of the repository that they start are there`(
        block: FencedBlock
    ) async throws {
        let syntax = try await Subprocess.run(
            .name("bash"),
            arguments: ["-n"],
            input: .string(block.script),
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        #expect(syntax.terminationStatus.isSuccess, "\(syntax.standardError)")
        for match in block.script.matches(of: /(?:^|[\s("])((?:scripts|Lab|Benchmarks)\/[a-z-]+)/) {
            let path = FencedBlock.root + "/" + match.1
            #expect(FileManager.default.isExecutableFile(atPath: path), "\(block.testDescription): \(match.1)")
        }
    }

    @Test func `every option and every variable that users read about exists, and every one is in docs/cli.md`()
        async throws
    {
        var options: Set<String> = []
        let commands = try await HelpTests.commands()
        for command in commands {
            let help = try await Program.run(command + ["--help"], in: "/").output
            // Examples may have options of other programs.
            for line in help.split(separator: "\n") where line.hasPrefix("  -") {
                options.formUnion(line.matches(of: /--[a-z][a-z-]+/).map { String($0.0) })
            }
        }
        // Accepted with a warning, and so not in the help.
        let platform: Set = ["--no-build", "--dependencies", "--remote", "--wait", "--context", "--no-cache"]
        let others: Set = [
            "--role-name", "--raw", "--generate-completion-script", "--static-swift-stdlib", "--product",
        ]
        let documents = try FencedBlock.documents().filter { $0 == "README.md" || $0.hasPrefix("docs/") }
        for document in documents where !document.hasPrefix("docs/design/") {
            let text = try FencedBlock.text(of: document)
            for match in text.matches(of: /--[a-z][a-z-]+/) {
                let option = String(match.0)
                #expect(options.contains(option) || platform.union(others).contains(option), "\(document): \(option)")
            }
            for match in text.matches(of: /OKTETO_RUN_([A-Z_]*[A-Z])/) {
                let option = "--" + match.1.lowercased().replacing("_", with: "-")
                #expect(options.contains(option), "\(document): OKTETO_RUN_\(match.1)")
            }
        }
        let reference = try FencedBlock.text(of: "docs/cli.md")
        for command in commands where !command.isEmpty {
            #expect(reference.contains("`okteto-run \(command.joined(separator: " "))"), "docs/cli.md: \(command)")
        }
        for option in options.subtracting(["--help", "--version"]) {
            #expect(reference.contains(option), "docs/cli.md: \(option)")
        }
    }

    @Test func `links between documents lead somewhere`() throws {
        for document in try FencedBlock.documents() {
            let folder = document.split(separator: "/").dropLast().map { $0 + "/" }.joined()
            for match in try FencedBlock.text(of: document).matches(of: /\]\(([^):#\s]+)(?:#[^)]*)?\)/) {
                let path = FencedBlock.root + "/" + folder + match.1
                #expect(FileManager.default.fileExists(atPath: path), "\(document): \(match.1)")
            }
        }
    }
}
