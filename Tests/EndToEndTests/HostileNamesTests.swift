import FoundationEssentials
import Testing

/// Names and scripts that would write lines, or move a terminal's cursor, where they are shown.
@Suite(.timeLimit(.minutes(2)))
struct HostileNamesTests {
    private static let manifest = #"""
        test:
          "a\e[1A\e[2K\nSUCCESS: forged\n::error::forged":
            commands:
            - name: "b\r\e[2K\n::warning::forged"
              command: "echo \"x\" #\r\e[2K  echo harmless\n::notice::forged && true || true"
            artifacts: ["c\e[2K\n::debug::forged"]
          "d$(echo>ran)e`echo>ran`":
            commands: ["true"]

        """#

    private func expectNothingForged(_ text: String, comment: String) {
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x0D }, "\(comment): \(text)")
        for line in text.split(separator: "\n") {
            #expect(!line.hasPrefix("::") && !line.hasPrefix("SUCCESS: forged"), "\(comment): \(line)")
        }
    }

    @Test(arguments: [
        [], ["--dry-run"], ["--log-output", "json"], ["--jobs", "2"], ["--jobs", "2", "--log-order", "grouped"],
    ])
    func `they are shown as they are written, on their line`(arguments: [String]) async throws {
        let workspace = try Workspace(manifest: Self.manifest)
        let result = try await Program.run(["test", "--engine", "shell"] + arguments, in: workspace.path)
        expectNothingForged(result.errors, comment: "standard error")
        expectNothingForged(result.output, comment: "standard output")
        #expect(
            (result.errors + result.output).contains(#"a\u{1B}[1A\u{1B}[2K\nSUCCESS"#) || arguments.contains("json")
        )
    }

    @Test func `a dry run shows all of a script, and no value of --var in an image`() async throws {
        let workspace = try Workspace(
            manifest: "deploy:\n  image: reg/${TOKEN}/x\n  commands:\n  - \"evil #\\r\\e[2K  echo harmless\"\n"
        )
        let result = try await Program.run(
            ["deploy", "--dry-run", "--engine", "docker", "--var", "TOKEN=value-of-a-secret"],
            in: workspace.path
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains(#"evil #\r\u{1B}[2K  echo harmless"#))
        #expect(result.output.contains("reg/***/x") && !result.output.contains("value-of-a-secret"))
    }

    @Test func `the token of a trace's collector is masked in what commands print`() async throws {
        let workspace = try Workspace(manifest: "deploy:\n- env; echo $OTEL_EXPORTER_OTLP_HEADERS | sed 's/.*20//'\n")
        let result = try await Program.run(
            ["deploy", "--engine", "shell"],
            in: workspace.path,
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1",
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20token-of-the-collector",
            ]
        )
        #expect(result.status == 0)
        #expect(!(result.output + result.errors).contains("token-of-the-collector"), "\(result.output)")
    }
}
