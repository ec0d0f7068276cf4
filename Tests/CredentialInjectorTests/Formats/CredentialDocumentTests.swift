import FoundationEssentials
import ProcessEnvironment
import Testing

@testable import CredentialInjector

struct CredentialDocumentTests {
    private struct Process: Decodable {
        let Version: Int
        let AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId: String
    }

    @Test func `the document of credential_process is what the SDKs read`() throws {
        let text = CredentialDocument.process(Samples.credentials()).reveal()
        #expect(text.hasSuffix("}\n") && text.filter(\.isNewline).count == 1)
        let document = try JSONDecoder().decode(Process.self, from: Data(text.utf8))
        #expect(document.Version == 1)
        #expect(document.SecretAccessKey == Samples.secretKey)
        #expect(document.SessionToken == Samples.sessionToken)
        #expect(document.Expiration == "2023-11-14T23:13:20Z")
        #expect(document.AccountId == "112233445566")
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
            #expect(String(decoding: result.standardOutput, as: UTF8.self) == Self.odd + "none")
        }
    }

    @Test func `removals and other forms are there for each`() throws {
        #expect(CredentialDocument.shell(.fish, setting: [:], removing: ["B"]).reveal() == "set -e B\n")
        #expect(
            CredentialDocument.shell(.powershell, setting: [:], removing: ["B"]).reveal()
                == "Remove-Item -ErrorAction SilentlyContinue Env:B\n"
        )
        let json = CredentialDocument.json(["A": Self.odd, "B": "\u{7F}"]).reveal()
        #expect(try JSONDecoder().decode([String: String].self, from: Data(json.utf8)) == ["A": Self.odd, "B": "\u{7F}"])
        #expect(try CredentialDocument.dotenv(["A": "1$2", "B": ""]).reveal() == "A='1$2'\nB=''\n")
        for value in ["'", "a\nb"] {
            #expect(throws: CredentialError.self) { try CredentialDocument.dotenv(["A": value]) }
        }
    }
}
