import FoundationEssentials
import ProcessEnvironment
import TestSupport
import Testing

@testable import CredentialInjector

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct TokenSourceTests {
    private func message(of source: any IdentityTokenSource) async -> String {
        do {
            _ = try await source.fetch()
            return "a token"
        } catch {
            #expect(error.code == .tokenSource)
            #expect(error.kind == .refused)
            return error.description
        }
    }

    @Test func `a file is read anew each time, through links`() async throws {
        try await withScratchFolder { folder in
            try Data("one\n".utf8).write(to: URL(filePath: folder + "/one"))
            try Data("two\n".utf8).write(to: URL(filePath: folder + "/two"))
            #expect(symlink(folder + "/one", folder + "/token") == 0)
            let source = FileTokenSource(path: folder + "/token")
            #expect(try await source.fetch().reveal() == "one\n")
            unlink(folder + "/token")
            #expect(symlink(folder + "/two", folder + "/token") == 0)
            #expect(try await source.fetch().reveal() == "two\n")
        }
    }

    @Test func `a file that holds no token is an error with the reason`() async throws {
        try await withScratchFolder { folder in
            #expect(await message(of: FileTokenSource(path: folder + "/none")).contains("does not exist"))
            #expect(await message(of: FileTokenSource(path: folder)).contains("is a folder"))
            #expect(mkfifo(folder + "/fifo", 0o600) == 0)
            #expect(await message(of: FileTokenSource(path: folder + "/fifo")).contains("not a regular file"))
            #expect(symlink(folder + "/loop", folder + "/loop") == 0)
            #expect(await message(of: FileTokenSource(path: folder + "/loop")).contains("cannot be read"))
            try Data().write(to: URL(filePath: folder + "/empty"))
            #expect(await message(of: FileTokenSource(path: folder + "/empty")).contains("is empty"))
            try Data(repeating: 97, count: 30_000).write(to: URL(filePath: folder + "/large"))
            #expect(await message(of: FileTokenSource(path: folder + "/large")).contains("too large"))
        }
    }

    @Test func `the kubelet's rotating links are followed, and its files are readable by everyone`() async throws {
        try await withScratchFolder { folder in
            for name in ["one", "two"] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/..\(name)",
                    withIntermediateDirectories: false
                )
                try Data(name.utf8).write(to: URL(filePath: "\(folder)/..\(name)/token"))
            }
            #expect(symlink("..one", folder + "/..data") == 0)
            #expect(symlink("..data/token", folder + "/token") == 0)
            let source = FileTokenSource(path: folder + "/token")
            #expect(try await source.fetch().reveal() == "one")
            // The swap is a rename, so that there is a token at every moment.
            #expect(symlink("..two", folder + "/..data_tmp") == 0)
            #expect(rename(folder + "/..data_tmp", folder + "/..data") == 0)
            #expect(try await source.fetch().reveal() == "two")
        }
    }

    @Test func `a file that everyone may read or replace is a warning`() async throws {
        try await withScratchFolder { folder in
            let path = folder + "/token"
            try Data("x".utf8).write(to: URL(filePath: path))
            let source = FileTokenSource(path: path)
            #expect(chmod(path, 0o600) == 0)
            #expect(try await source.acquire().warnings.isEmpty)
            #expect(chmod(path, 0o644) == 0)
            #expect(try await source.acquire().warnings.map { $0.contains("may read") } == [true])
            #expect(chmod(path, 0o666) == 0)
            #expect(try await source.acquire().warnings.first?.contains("may replace") == true)
        }
    }

    @Test func `a variable gives its value`() async throws {
        let source = EnvironmentTokenSource(name: "T", environment: ["T": "abc"])
        #expect(try await source.fetch().reveal() == "abc")
        let empty = EnvironmentTokenSource(name: "T", environment: ["T": ""])
        #expect(await message(of: empty).contains("variable T, which should hold the identity token, is empty"))
        let absent = EnvironmentTokenSource(name: "T", environment: [:])
        #expect(await message(of: absent).contains("is not set"))
    }

    private func command(_ script: String, timeout: Duration = .seconds(30)) -> CommandTokenSource {
        let path: EnvironmentVariables = ["PATH": "/usr/bin:/bin", "TOKEN": "from-environment"]
        return CommandTokenSource(words: ["sh", "-c", script], environment: path, timeout: timeout)
    }

    @Test func `a command gives its standard output`() async throws {
        #expect(try await command("echo $TOKEN; echo note >&2").fetch().reveal() == "from-environment\n")
    }

    @Test func `a command that fails shows its standard error without control characters`() async {
        let message = await message(of: command("printf 'bad\\033[31m thing\\n' >&2; echo SECRET; exit 3"))
        #expect(message.contains("exit status 3"))
        #expect(message.contains("bad [31m thing"))
        #expect(!message.contains("SECRET"))
        #expect(!message.contains("\u{1B}"))
    }

    @Test func `what a command says of the secrets it was given is blotted out`() async {
        let environment: EnvironmentVariables = [
            "PATH": "/usr/bin:/bin", "AGENT_ACCESS_TOKEN": "bkat_0123456789", "TOKEN_URL": "https://example.com/long",
        ]
        let script = "echo \"Authorization: Token $AGENT_ACCESS_TOKEN for $TOKEN_URL\" >&2; exit 1"
        let source = CommandTokenSource(words: ["sh", "-c", script], environment: environment)
        let message = await message(of: source)
        #expect(message.contains("Authorization: Token <redacted> for https://example.com/long"))
        #expect(!message.contains("bkat_"))
    }

    @Test func `a command that prints nothing, too much or never ends is an error`() async {
        #expect(await message(of: command("true")).contains("printed nothing"))
        #expect(await message(of: command("yes")).contains("more than"))
        #expect(
            await message(of: command("echo hm >&2; sleep 60", timeout: .milliseconds(300))).contains("did not end")
        )
    }

    @Test func `a command that does not exist is an error`() async {
        let source = CommandTokenSource(words: ["no-such-program-at-all"], environment: ["PATH": "/bin"])
        #expect(await message(of: source).contains("not found"))
    }
}
