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

    @Test func `a shell gets every value back as it was`() async throws {
        let text = CredentialDocument.shell(.sh, setting: ["A": Self.odd], removing: ["B"]).reveal()
        for shell in ["/bin/sh", "/bin/bash"] {
            let program = HelperProgram(
                words: [shell, "-c", text + #"printf %s "$A${B-none}""#],
                environment: ["PATH": "/usr/bin:/bin", "B": "x"],
                timeout: .seconds(20),
                maximumOutputBytes: 4_096
            )
            let result = try await program.run()
            #expect(result.standardOutput.reveal() == Self.odd + "none")
        }
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
