import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct CredentialDocumentTests {
    private struct Process: Decodable {
        let version: Int
        let values: [String: String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            version = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .version)
            // All but the version are texts.
            values = try container.decode([String: Text].self).compactMapValues(\.text)
        }

        private enum Key: String, CodingKey {
            case version = "Version"
        }

        private struct Text: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    @Test func `the document of credential_process is what the SDKs read`() throws {
        let text = CredentialDocument.process(Samples.credentials()).reveal()
        #expect(text.hasSuffix("}\n") && text.filter(\.isNewline).count == 1)
        let document = try JSONDecoder().decode(Process.self, from: Data(text.utf8))
        #expect(document.version == 1)
        #expect(document.values["SecretAccessKey"] == Samples.secretKey)
        #expect(document.values["SessionToken"] == Samples.sessionToken)
        #expect(document.values["Expiration"] == "2023-11-14T23:13:20Z")
        #expect(document.values["AccountId"] == "112233445566")
    }

    private static let odd = "a'b\"c\\d$e`f\n\u{2019}g!h%i"

    @Test(arguments: [
        (ShellSyntax.sh, #"export A='it'\''s \ '"#),
        (.fish, #"set -gx A 'it\'s \\ '"#),
        (.powershell, #"$Env:A = 'it''s \ '"#),
    ])
    func `each shell has quotes of its own`(shell: ShellSyntax, expected: String) {
        #expect(shell.assignment("A", #"it's \ "#) == expected)
    }

    @Test func `PowerShell takes typographic quotes for quotes`() {
        #expect(
            ShellSyntax.powershell.quote("\u{2018}\u{2019}\u{201A}\u{201B}")
                == "'\u{2018}\u{2018}\u{2019}\u{2019}\u{201A}\u{201A}\u{201B}\u{201B}'"
        )
    }

    /// A real shell, and how it is made to take the lines: as a part of its own program, and as docs/long-phases.md says.
    struct Shell: Sendable, CustomTestStringConvertible {
        let name: String
        let paths: [String]
        /// What stands before `-c`: BusyBox is many programs.
        var words: [String] = []
        var syntax = ShellSyntax.sh
        var evaluation = #"eval "$(printf %s "$LINES_TO_TAKE")""#

        var testDescription: String { name }
    }

    static let shells = [
        Shell(name: "sh", paths: ["/bin/sh"]), Shell(name: "dash", paths: ["/bin/dash", "/usr/local/bin/dash"]),
        Shell(name: "bash", paths: ["/bin/bash"]), Shell(name: "zsh", paths: ["/bin/zsh", "/usr/bin/zsh"]),
        Shell(name: "mksh", paths: ["/bin/mksh", "/opt/homebrew/bin/mksh"]),
        Shell(name: "BusyBox ash", paths: ["/bin/busybox", "/usr/bin/busybox"], words: ["sh"]),
        Shell(
            name: "fish",
            paths: ["/usr/bin/fish", "/opt/homebrew/bin/fish"],
            syntax: .fish,
            evaluation: "printf %s \"$LINES_TO_TAKE\" | source"
        ),
    ]

    private static let values = [
        odd, "", " ", "it's", "\\", "\\'", "'", "''", #"\\\"#, "-n", "$(touch made)", "`touch made`", "a;b&c|d>e",
        "{1,2}*?[x]~", "\t\r\n \n", "!!", "%s\\n", "#", "ä✓\u{1F600}\u{202E}",
    ]

    @Test(arguments: shells) func `a shell gets every value back as it was`(shell: Shell) async throws {
        guard let path = shell.paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            try Test.cancel("\(shell.name) is not installed (Lab/install shells)")
        }
        // fish writes into its home.
        let home = try ScratchFolder()
        for value in Self.values {
            let document = CredentialDocument.shell(shell.syntax, setting: ["A": value], removing: ["B", "NEVER_SET"])
            let lines = document.reveal()
            for script in [lines, shell.evaluation + "\n"] {
                let print =
                    shell.syntax == .fish
                    ? #"printf '%s|' "$A"; set -q B; or printf none"#
                    : #"printf '%s|' "$A${B-}"; printf %s "${B-none}""#
                let program = HelperProgram(
                    words: [path] + shell.words + ["-c", script + print],
                    environment: [
                        "PATH": "/usr/bin:/bin", "B": "x", "LINES_TO_TAKE": lines, "HOME": home.path,
                        "LC_ALL": "C.UTF-8",
                    ],
                    timeout: .seconds(60),
                    maximumOutputBytes: 4_096
                )
                let result = try await program.run()
                #expect(result.standardOutput.reveal() == value + "|none", "\(value.debugDescription)")
            }
        }
        #expect(!FileManager.default.fileExists(atPath: "made"))
    }

    @Test func `removals and other forms are there for each`() throws {
        #expect(CredentialDocument.shell(.fish, setting: [:], removing: ["B"]).reveal() == "set -e B\n")
        #expect(
            CredentialDocument.shell(.powershell, setting: [:], removing: ["B"]).reveal()
                == "Remove-Item -ErrorAction SilentlyContinue Env:B\n"
        )
        let json = CredentialDocument.json(["A": Self.odd, "B": "\u{7F}"]).reveal()
        let values = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        #expect(values == ["A": Self.odd, "B": "\u{7F}"])
        #expect(try CredentialDocument.dotenv(["A": "1$2", "B": ""]).reveal() == "A='1$2'\nB=''\n")
        for value in ["'", "a\nb"] {
            #expect(throws: CredentialError.self) { try CredentialDocument.dotenv(["A": value]) }
        }
    }
}
