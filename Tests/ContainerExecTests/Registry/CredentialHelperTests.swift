import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Programs that keep logins", .timeLimit(.minutes(1))) struct CredentialHelperTests {
    /// A home with a configuration, and with a helper `docker-credential-lab` that is a script.
    private func home(_ configuration: String, helper script: String) throws -> ScratchFolder {
        let home = try ScratchFolder()
        home.folder(".docker")
        home.folder("bin")
        try home.write(".docker/config.json", configuration)
        try home.write("bin/docker-credential-lab", "#!/bin/sh\n" + script, mode: 0o755)
        return home
    }

    private func find(_ image: String, _ home: ScratchFolder) async throws -> RegistryLookup {
        let environment: EnvironmentVariables = ["PATH": "\(home.path)/bin:/usr/bin:/bin"]
        return try await RegistryLogins(kind: .docker, environment: environment, home: home.path).find(for: image)
    }

    /// Answers for one registry, whose name it reads on its standard input.
    private static let oneRegistry = """
        [ "$1" = get ] || exit 9
        read -r host
        [ "$host" = r.example.com ] || [ "$host" = https://index.docker.io/v1/ ] || {
            echo "credentials not found in native keychain"; exit 1; }
        printf '{"ServerURL":"%s","Username":"u","Secret":"p"}\\n' "$host"
        """

    @Test(arguments: [
        (#"{"credsStore":"lab"}"#, "r.example.com/x"), (#"{"credsStore":"lab"}"#, "busybox"),
        (#"{"credHelpers":{"r.example.com":"lab"},"credsStore":"nosuch"}"#, "r.example.com/x"),
        (#"{"credsStore":"lab","auths":{"r.example.com":{}}}"#, "r.example.com/x"),
    ])
    func `a helper is asked for the registry`(configuration: String, image: String) async throws {
        let lookup = try await find(image, home(configuration, helper: Self.oneRegistry))
        #expect(lookup.login == .password(user: "u", Secret("p")))
        #expect(lookup.warnings.isEmpty)
    }

    @Test func `a helper that keeps no login is no error, and the file's own login holds`() async throws {
        let configuration = #"{"credsStore":"lab","auths":{"other.io":{"auth":"eDp5"}}}"#
        let home = try home(configuration, helper: Self.oneRegistry)
        #expect(try await find("other.io/x", home).login == .password(user: "x", Secret("y")))
        #expect(try await find("third.io/x", home) == RegistryLookup())
    }

    @Test func `the user <token> means an identity token`() async throws {
        let script = #"echo '{"ServerURL":"x","Username":"<token>","Secret":"t"}'"#
        let lookup = try await find("r.io/x", home(#"{"credsStore":"lab"}"#, helper: script))
        #expect(lookup.login == .identityToken(Secret("t")))
    }

    @Test(
        arguments: [
            ("echo locked >&2; exit 3", "docker-credential-lab failed with exit status 3: locked"),
            (
                "echo 'the vault is locked'; exit 1",
                "docker-credential-lab failed with exit status 1: the vault is locked"
            ),
            (
                #"echo '{"Username":"u","Secret":"hunter2"}'; exit 1"#,
                "docker-credential-lab failed with exit status 1: "
            ),
            ("echo hunter2", "docker-credential-lab printed something else than a login"),
            (#"echo '{"Username":"u"}'"#, "docker-credential-lab printed something else than a login"),
            ("yes hunter2", "docker-credential-lab gave no login: it printed more than 262144 bytes"),
        ]
    )
    func `a helper that fails is told by its name, without what it printed as a login`(
        script: String,
        words: String
    ) async throws {
        let home = try home(#"{"credsStore":"lab"}"#, helper: script)
        let lookup = try await find("r.io/x", home)
        #expect(lookup.login == nil)
        #expect(lookup.warnings == ["\(words) (\(home.path)/.docker/config.json names it)"])
    }

    @Test(arguments: ["nosuch", "../lab", "a/b"])
    func `a helper that is not there, or cannot be, is told`(name: String) async throws {
        let home = try home(#"{"credsStore":"\#(name)"}"#, helper: "")
        let lookup = try await find("r.io/x", home)
        #expect(lookup.login == nil)
        #expect(lookup.warnings.count == 1)
        #expect(lookup.warnings.first?.contains(name) == true)
    }

    @Test func `cancelling ends the helper`() async throws {
        let home = try home(#"{"credsStore":"lab"}"#, helper: "exec sleep 50")
        let error = await #expect(throws: ContainerExecError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await find("r.io/x", home) }
                try await Task.sleep(for: .milliseconds(200))
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(error?.code == .cancelled)
    }
}
