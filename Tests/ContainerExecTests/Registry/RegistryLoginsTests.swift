import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Logins for registries") struct RegistryLoginsTests {
    private static let path = "/usr/bin:/bin"

    /// A home with a Docker configuration.
    private func home(_ configuration: String, at path: String = ".docker/config.json") throws -> ScratchFolder {
        let home = try ScratchFolder()
        for folder in [".docker", ".config", ".config/containers", "bin"] { home.folder(folder) }
        try home.write(path, configuration)
        return home
    }

    private func find(
        _ image: String,
        _ home: ScratchFolder,
        kind: EngineKind = .docker,
        _ variables: EnvironmentVariables = [:]
    ) async throws -> RegistryLookup {
        var environment: EnvironmentVariables = [
            "PATH": "\(home.path)/bin:\(Self.path)", "XDG_RUNTIME_DIR": "\(home.path)/run",
        ]
        environment.merge(variables)
        return try await RegistryLogins(kind: kind, environment: environment, home: home.path).find(for: image)
    }

    @Test(
        arguments: [
            (#"{"auths":{"r.example.com":{"auth":"dTpw"}}}"#, "r.example.com/x", "u", "p"),
            (#"{"auths":{"r.example.com:5000":{"auth":"dTpwOnE="}}}"#, "r.example.com:5000/a/b:1", "u", "p:q"),
            (#"{"auths":{"https://r.example.com/v1/":{"auth":"dTpw"}}}"#, "r.example.com/x", "u", "p"),
            (#"{"auths":{"r.example.com":{"username":"u","password":"p"}}}"#, "r.example.com/x", "u", "p"),
            (#"{"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}}"#, "busybox", "u", "p"),
            (#"{"auths":{"docker.io":{"auth":"dTpw"}}}"#, "docker.io/team/tool", "u", "p"),
            (#"{"auths":{"r.io/team":{"auth":"dTpw"},"r.io":{"auth":"eDp5"}}}"#, "r.io/team/tool", "u", "p"),
            (#"{"auths":{"r.io/team/tool":{"auth":"dTpw"},"r.io/team":{"auth":"eDp5"}}}"#, "r.io/team/tool", "u", "p"),
            (#"{"auths":{"r.io/team":{"auth":"dTpw"},"r.io":{"auth":"eDp5"}}}"#, "r.io/other/tool", "x", "y"),
        ] as [(String, String, String, String)]
    )
    func `a login in a file is found by the image's registry`(
        configuration: String,
        image: String,
        user: String,
        password: String
    ) async throws {
        let home = try home(configuration)
        let lookup = try await find(image, home)
        #expect(lookup.login == .password(user: user, Secret(password)))
        #expect(lookup.origin == home.path + "/.docker/config.json")
        #expect(lookup.warnings.isEmpty)
    }

    @Test(arguments: [
        #"{}"#, "", #"{"auths":{"other.example.com":{"auth":"dTpw"}}}"#, #"{"auths":{"r.example.com":{}}}"#,
        #"{"auths":{"r.example.com.evil.org":{"auth":"dTpw"}}}"#,
        #"{"auths":{"https://r.example.com:5000":{"auth":"dTpw"}}}"#,
        #"{"auths":null,"credHelpers":{"other.example.com":"none"}}"#,
    ])
    func `a registry that no login is for gets none, and nothing is said`(configuration: String) async throws {
        #expect(try await find("r.example.com/x", home(configuration)) == RegistryLookup())
    }

    @Test func `an identity token wins over a password`() async throws {
        let home = try home(#"{"auths":{"r.example.com":{"auth":"dTo=","identitytoken":"t"}}}"#)
        #expect(try await find("r.example.com/x", home).login == .identityToken(Secret("t")))
    }

    @Test(arguments: ["{", "[]", "not json", #"{"auths":[]}"#])
    func `a file that is broken is told by its path, and not quoted`(configuration: String) async throws {
        let home = try home(configuration)
        let lookup = try await find("busybox", home)
        #expect(lookup.login == nil)
        #expect(
            lookup.warnings == [
                "the logins of \(home.path)/.docker/config.json cannot be used: it is not the JSON of such a file"
            ]
        )
    }

    @Test(arguments: ["!!!", "dTpw=x", "bm9jb2xvbg==", "OnA="])
    func `a login that is broken is told without its text`(auth: String) async throws {
        let home = try home(#"{"auths":{"r.example.com":{"auth":"\#(auth)"}}}"#)
        let lookup = try await find("r.example.com/x", home)
        #expect(lookup.login == nil)
        #expect(lookup.warnings.count == 1)
        #expect(lookup.warnings.first?.contains(auth) == false)
        #expect(lookup.warnings.first?.contains("r.example.com") == true)
    }

    @Test func `DOCKER_CONFIG names the folder`() async throws {
        let home = try home(#"{"auths":{"r.example.com":{"auth":"dTpw"}}}"#, at: "bin/config.json")
        #expect(try await find("r.example.com/x", home, ["DOCKER_CONFIG": "\(home.path)/bin"]).login != nil)
    }

    @Test func `podman's own files come before docker's, and docker does not read them`() async throws {
        let home = try home(#"{"auths":{"r.example.com":{"auth":"dTpw"}}}"#)
        try home.write(".config/containers/auth.json", #"{"auths":{"r.example.com":{"auth":"eDp5"}}}"#)
        #expect(try await find("r.example.com/x", home, kind: .podman).login == .password(user: "x", Secret("y")))
        #expect(try await find("r.example.com/x", home).login == .password(user: "u", Secret("p")))
        home.folder("run")
        home.folder("run/containers")
        try home.write("run/containers/auth.json", #"{"auths":{"r.example.com":{"auth":"YTpi"}}}"#)
        #expect(try await find("r.example.com/x", home, kind: .podman).login == .password(user: "a", Secret("b")))
        try home.write("named.json", #"{"auths":{"r.example.com":{"auth":"Yzpk"}}}"#)
        let named: EnvironmentVariables = ["REGISTRY_AUTH_FILE": "\(home.path)/named.json"]
        #expect(
            try await find("r.example.com/x", home, kind: .podman, named).login == .password(user: "c", Secret("d"))
        )
    }

    @Test func `the header is base64url of what the engine's API wants`() throws {
        let login = RegistryLogin.password(user: "u", Secret("~~~???>>>"))
        let text = try login.header(for: "r.example.com").reveal()
        #expect(!text.contains("+") && !text.contains("/"))
        #expect(
            text == "eyJwYXNzd29yZCI6In5-fj8_Pz4-PiIsInNlcnZlcmFkZHJlc3MiOiJyLmV4YW1wbGUuY29tIiwidXNlcm5hbWUiOiJ1In0="
        )
        let token = try RegistryLogin.identityToken(Secret("t")).header(for: "r").reveal()
        #expect(token == "eyJpZGVudGl0eXRva2VuIjoidCIsInNlcnZlcmFkZHJlc3MiOiJyIn0=")
    }

    @Test func `no rendering of a lookup shows the password`() async throws {
        let lookup = try await find("r.io/x", home(#"{"auths":{"r.io":{"username":"u","password":"hunter2"}}}"#))
        #expect(!"\(lookup)".contains("hunter2"))
        #expect(!String(reflecting: lookup).contains("hunter2"))
    }
}
