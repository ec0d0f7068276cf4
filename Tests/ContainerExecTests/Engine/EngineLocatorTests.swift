import HTTPTransport
import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Where engines are looked for")
struct EngineLocatorTests {
    private func addresses(
        _ choice: EngineChoice = .automatic,
        _ environment: EnvironmentVariables = [:],
        files: [String: String] = [:]
    ) throws -> [String] {
        let locator = EngineLocator(choice: choice, environment: environment, home: "/home/u") { path in
            files[path].map { Array($0.utf8) }
        }
        return try locator.candidates().map(\.description)
    }

    @Test func `without settings the known sockets follow in a fixed order`() throws {
        #expect(
            try addresses(.automatic, ["XDG_RUNTIME_DIR": "/run/user/1"]) == [
                "unix:///var/run/docker.sock, a known socket",
                "unix:///run/user/1/docker.sock, a known socket",
                "unix:///home/u/.docker/run/docker.sock, a known socket",
                "unix:///home/u/.docker/desktop/docker.sock, a known socket",
                "unix:///run/podman/podman.sock, a known socket",
                "unix:///run/user/1/podman/podman.sock, a known socket",
                "unix:///home/u/.local/share/containers/podman/machine/podman.sock, a known socket",
                "unix:///home/u/.colima/default/docker.sock, a known socket",
                "unix:///home/u/.orbstack/run/docker.sock, a known socket",
                "unix:///home/u/.rd/docker.sock, a known socket",
            ]
        )
    }

    @Test func `without a runtime folder and a home only the system's sockets are left`() throws {
        let locator = EngineLocator(choice: .automatic, environment: [:], home: nil) { _ in nil }
        #expect(
            try locator.candidates().map(\.endpoint.address) == [
                "unix:///var/run/docker.sock", "unix:///run/podman/podman.sock",
            ]
        )
    }

    @Test(arguments: [("DOCKER_HOST", true), ("PATH", true), ("AWS_SECRET_ACCESS_KEY", false), ("docker_host", false)])
    func `what reaches an engine's remover is what the way to the engine depends on`(name: String, isSetting: Bool) {
        #expect(EngineLocator.isSetting(name) == isSetting)
    }

    @Test func `a search for docker passes podman's sockets by`() throws {
        #expect(try !addresses(.docker).contains { $0.contains("podman") })
    }

    @Test(
        arguments: [
            ("unix:///x/y.sock", [:], "unix:///x/y.sock, from DOCKER_HOST"),
            ("tcp://10.0.0.1", [:], "tcp://10.0.0.1:2375, from DOCKER_HOST"),
            ("tcp://10.0.0.1:99", [:], "tcp://10.0.0.1:99, from DOCKER_HOST"),
            ("tcp://[::1]", [:], "tcp://[::1]:2375, from DOCKER_HOST"),
            ("tcp://h", ["DOCKER_TLS_VERIFY": "1"], "tcp://h:2376, from DOCKER_HOST"),
            ("ssh://u@h:22/x.sock", [:], "ssh://u@h:22/x.sock, from DOCKER_HOST"),
            ("tcp://h", ["DOCKER_TLS_VERIFY": ""], "tcp://h:2375, from DOCKER_HOST"),
        ] as [(String, [String: String], String)]
    )
    func `DOCKER_HOST is the only candidate`(host: String, others: [String: String], expected: String) throws {
        var environment = EnvironmentVariables(others)
        environment["DOCKER_HOST"] = host
        environment["DOCKER_CONTEXT"] = "other"
        #expect(try addresses(.automatic, environment) == [expected])
    }

    @Test(arguments: [
        "ssh://", "ssh://-oProxyCommand=x", "ssh://u:secret@h", "npipe:////./pipe/x", "fd://", "h:2375", "tcp://",
        "tcp://u@h", "tcp://h/path", "unix://rel",
        "unix://",
        "tcp://a b", "unix:///" + String(repeating: "x", count: 107),
    ])
    func `a DOCKER_HOST that cannot be used is an error that names it`(host: String) {
        let error = #expect(throws: ContainerExecError.self) { try addresses(.automatic, ["DOCKER_HOST": host]) }
        #expect(error?.message.hasPrefix("DOCKER_HOST: ") == true)
        #expect(error?.code == .engineUnavailable)
    }

    @Test func `with TLS the three files are taken that are there`() throws {
        let locator = EngineLocator(
            choice: .docker,
            environment: ["DOCKER_HOST": "tcp://h", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/c"],
            home: "/home/u"
        ) { ["/c/ca.pem", "/c/cert.pem"].contains($0) ? [] : nil }
        let endpoint = try #require(try locator.candidates().first?.endpoint)
        #expect(endpoint.base == "https://h:2376")
        #expect(endpoint.client.tls.authorities == "/c/ca.pem")
        #expect(endpoint.client.tls.clientCertificate == "/c/cert.pem")
        #expect(endpoint.client.tls.clientKey == nil)
    }

    @Test func `podman is looked for at CONTAINER_HOST before DOCKER_HOST`() throws {
        let environment: EnvironmentVariables = ["CONTAINER_HOST": "unix:///p", "DOCKER_HOST": "unix:///d"]
        #expect(try addresses(.podman, environment) == ["unix:///p, from CONTAINER_HOST"])
        #expect(try addresses(.automatic, environment) == ["unix:///d, from DOCKER_HOST"])
    }

    @Test func `the current docker context is read from the files that docker keeps`() throws {
        let files = [
            "/home/u/.docker/config.json": #"{"currentContext":"remote"}"#,
            SHA256Name.path("remote"): #"{"Name":"remote","Endpoints":{"docker":{"Host":"unix:///r.sock"}}}"#,
        ]
        #expect(try addresses(files: files) == ["unix:///r.sock, from the docker context 'remote'"])
        #expect(try addresses(.podman, files: files).count > 1)
    }

    @Test func `DOCKER_CONTEXT goes before the current context, and default means none`() throws {
        let files = [
            "/home/u/.docker/config.json": #"{"currentContext":"remote"}"#,
            SHA256Name.path("a"): #"{"Endpoints":{"docker":{"Host":"tcp://h:1"}}}"#,
        ]
        #expect(
            try addresses(.docker, ["DOCKER_CONTEXT": "a"], files: files) == ["tcp://h:1, from the docker context 'a'"]
        )
        #expect(try addresses(.docker, ["DOCKER_CONTEXT": "default"], files: files).count > 1)
    }

    @Test func `a context that does not exist is an error`() {
        let error = #expect(throws: ContainerExecError.self) { try addresses(.docker, ["DOCKER_CONTEXT": "gone"]) }
        #expect(error?.message == "the docker context 'gone', chosen by DOCKER_CONTEXT, does not exist")
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the digest is that of FIPS 180-4`(text: String, expected: String) {
        #expect(SHA256.hexadecimal(Array(text.utf8)) == expected)
    }

    @Test func `the digest of every length about a block's is right in shape and differs`() {
        let digests = (50...130).map { SHA256.hexadecimal([UInt8](repeating: 97, count: $0)) }
        #expect(Set(digests).count == digests.count)
        #expect(digests.allSatisfy { $0.count == 64 })
    }

    @Test func `a folder of certificates that has none is an error, and not a connection without`() {
        let error = #expect(throws: ContainerExecError.self) {
            try addresses(.automatic, ["DOCKER_HOST": "tcp://h", "DOCKER_CERT_PATH": "/certs"])
        }
        #expect(error?.message.contains("none of ca.pem, cert.pem and key.pem can be read in /certs") == true)
    }

    @Test(arguments: ["{", #"{"Endpoints":{"docker":{"Host":"gopher://x"}}}"#])
    func `a docker context that is broken or names what cannot be used is an error that names it`(meta: String) {
        let digest = SHA256.hexadecimal(Array("c".utf8))
        let error = #expect(throws: ContainerExecError.self) {
            try addresses(
                .automatic,
                ["DOCKER_CONTEXT": "c"],
                files: ["/home/u/.docker/contexts/meta/\(digest)/meta.json": meta]
            )
        }
        #expect(error?.message.contains("the docker context 'c'") == true, "\(error?.message ?? "")")
    }
}

private enum SHA256Name {
    static func path(_ name: String) -> String {
        "/home/u/.docker/contexts/meta/\(SHA256.hexadecimal(Array(name.utf8)))/meta.json"
    }
}
