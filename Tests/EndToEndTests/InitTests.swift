import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// `okteto-run init`, and what a user has after it; and the shells' completions.
@Suite(.timeLimit(.minutes(2)))
struct InitTests {
    private func folder(_ files: [String: String] = [:]) throws -> Workspace {
        let workspace = try Workspace(manifest: "", files: files)
        guard files["okteto.yml"] == nil else { return workspace }
        try FileManager.default.removeItem(atPath: workspace.path + "/okteto.yml")
        return workspace
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `the manifest that is written is valid, and says why it is as it is`() async throws {
        let workspace = try folder(["go.mod": "module x\n\ngo 1.24\n"])
        let result = try await Program.run(["init"], in: workspace.path)
        #expect(result.status == 0)
        #expect(result.errors.contains("wrote okteto.yml, because of go.mod"))
        #expect(try text(workspace.path + "/okteto.yml").contains("# Because of go.mod."))
        #expect(try await Program.run(["validate"], in: workspace.path).status == 0)
        let plan = try await Program.run(["test", "--dry-run"], in: workspace.path)
        #expect(plan.output.contains("test 'go': in a container of golang:1.24"))
    }

    @Test(arguments: ["okteto.yml", "okteto.yaml"])
    func `a manifest that is there is not touched`(name: String) async throws {
        let workspace = try folder([name: "deploy:\n- mine\n"])
        let result = try await Program.run(["init"], in: workspace.path)
        #expect(result.status == 74)
        #expect(result.errors.contains("\(name) is there already, and nothing was written"))
        #expect(try text("\(workspace.path)/\(name)") == "deploy:\n- mine\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path) == [name])
    }

    @Test func `a link is not written through`() async throws {
        let workspace = try folder()
        let target = workspace.path + "/target"
        try FileManager.default.createSymbolicLink(atPath: workspace.path + "/new.yml", withDestinationPath: target)
        #expect(try await Program.run(["init", "-f", "new.yml"], in: workspace.path).status == 74)
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func `--print writes nothing, and a folder that is not there is told`() async throws {
        let workspace = try folder()
        let printed = try await Program.run(["init", "--print"], in: workspace.path)
        #expect(printed.status == 0 && printed.output.contains("deploy:\n  image: amazon/aws-cli\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path).isEmpty)
        let lost = try await Program.run(["init", "-f", "no/such/okteto.yml"], in: workspace.path)
        #expect(lost.status == 74 && lost.errors.contains("no/such/okteto.yml cannot be written"))
    }

    @Test func `a name that a shell would run is not offered`() async throws {
        let manifest = """
            test:
              "a$(echo>ran)b": {commands: [x]}
              "c`echo>ran`d": {commands: [x]}
              good-1: {commands: [x]}

            """
        let workspace = try Workspace(manifest: manifest)
        let script = """
            PATH=$(dirname "$1"):$PATH; source <("$1" --generate-completion-script bash)
            COMP_WORDS=(okteto-run test '') COMP_CWORD=2 COMP_LINE='okteto-run test ' COMP_POINT=16 COMP_TYPE=9
            _okteto-run okteto-run '' test
            echo "${COMPREPLY[*]}"
            """
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: ["-c", script, "bash", Program.path],
            workingDirectory: FilePath(workspace.path),
            output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16)
        )
        #expect(result.standardOutput == "good-1\n", "\(result.standardError)")
        #expect(!FileManager.default.fileExists(atPath: workspace.path + "/ran"))
    }

    @Test func `bash completes the names of tests, of the manifest that the line names`() async throws {
        let manifest = "test:\n  unit:\n    commands: [a]\n  integration:\n    commands: [a]\n"
        let workspace = try Workspace(
            manifest: manifest,
            files: ["other.yml": "test:\n  lint:\n    commands: [a]\n"]
        )
        let script = """
            PATH=$(dirname "$1"):$PATH; source <("$1" --generate-completion-script bash)
            for line in 'okteto-run test u' 'okteto-run test -f other.yml ' 'okteto-run test --engine po' 'okteto-run do'; do
                read -ra COMP_WORDS <<<"$line"; [[ $line != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line} COMP_TYPE=9 COMPREPLY=()
                _okteto-run okteto-run "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                echo "${COMPREPLY[*]}"
            done
            """
        let result = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: ["-c", script, "bash", Program.path],
            workingDirectory: FilePath(workspace.path),
            output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16)
        )
        #expect(result.standardOutput == "unit\nlint\npodman\ndoctor\n", "\(result.standardError)")
    }
}
