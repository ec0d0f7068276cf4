import FoundationEssentials
import Subprocess
import TestSupport
import Testing

/// Images of real registries, on real engines.
@Suite(.serialized, .enabled(if: Lab.hasRegistry, "needs the lab's registry and engines"), .timeLimit(.minutes(5)))
struct ImageTests {
    private func run(
        _ image: String,
        on engine: LabEngine,
        _ options: [String] = [],
        files: [String: String] = [:],
        command: String = "echo ran",
        variables: [String: String] = [:]
    ) async throws -> Program.Result {
        let manifest = "deploy:\n  image: \(image)\n  commands:\n  - \(command)\n"
        let workspace = try Workspace(manifest: manifest, files: files)
        var environment = [
            "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "OKTETO_RUN_NETWORK": "host",
            "DOCKER_CONFIG": workspace.path, "XDG_RUNTIME_DIR": workspace.path + "/nosuch",
        ]
        environment.merge(variables) { $1 }
        return try await Program.run(["deploy"] + options, in: workspace.path, environment: environment)
    }

    private func configuration(_ user: String, _ password: String) throws -> [String: String] {
        let host = try #require(Lab.current?.privateRegistry)
        let auth = Data("\(user):\(password)".utf8).base64EncodedString()
        return ["config.json": #"{"auths":{"\#(host)":{"auth":"\#(auth)"}}}"#]
    }

    @Test(arguments: Lab.engines)
    func `an image that is missing is pulled once`(engine: LabEngine) async throws {
        let image = "\(try #require(Lab.current?.registry))/lab/busybox"
        try await engine.removeImage(image)
        let first = try await run(image, on: engine)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output == "ran\n")
        #expect(first.errors.contains("pulling \(image):latest"))
        #expect(first.errors.contains("pulled \(image):latest in "))
        let second = try await run(image, on: engine)
        #expect(second.output == "ran\n")
        #expect(!second.errors.contains("pull"), "\(second.errors)")
    }

    @Test(arguments: Lab.engines)
    func `--pull always pulls what is there, and --pull never nothing`(engine: LabEngine) async throws {
        let image = "\(try #require(Lab.current?.registry))/lab/busybox"
        for _ in 0..<2 {
            let result = try await run(image, on: engine, ["--pull", "always"])
            #expect(result.output == "ran\n", "\(result.errors)")
            #expect(result.errors.contains("pulled \(image):latest"))
        }
        #expect(try await run(image, on: engine, variables: ["OKTETO_RUN_PULL": "never"]).output == "ran\n")
        try await engine.removeImage(image)
        let refused = try await run(image, on: engine, ["--pull", "never"])
        #expect(refused.status == 69)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains("does not have the image \(image):latest"), "\(refused.errors)")
        #expect(refused.errors.contains("\(engine.name) pull \(image)"))
        #expect(!refused.errors.contains("pulling"))
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `--pull always of an image that only the engine has is an error`(engine: LabEngine) async throws {
        let result = try await run("localhost:1/busybox", on: engine, ["--pull", "always"])
        #expect(result.status == 69)
        #expect(result.errors.contains("localhost:1"), "\(result.errors)")
    }

    @Test(arguments: Lab.engines)
    func `a private image is pulled with the login of a file`(engine: LabEngine) async throws {
        let lab = try #require(Lab.current)
        let image = "\(try #require(lab.privateRegistry))/lab/busybox"
        let user = try #require(lab.registryUser)
        let password = try #require(lab.registryPassword)
        try await engine.removeImage(image)
        let without = try await run(image, on: engine)
        #expect(without.status == 69)
        #expect(without.errors.contains("no login for \(lab.privateRegistry ?? "") was found"), "\(without.errors)")
        let wrong = try await run(image, on: engine, files: configuration(user, "no-\(password)"))
        #expect(wrong.status == 69)
        #expect(wrong.errors.contains("with the login of "), "\(wrong.errors)")
        #expect(wrong.errors.contains("config.json"))
        let right = try await run(image, on: engine, files: configuration(user, password))
        #expect(right.status == 0, "\(right.errors)")
        #expect(right.output == "ran\n")
        for result in [without, wrong, right] {
            #expect(!result.errors.contains(password))
            #expect(!result.errors.contains(Data("\(user):\(password)".utf8).base64EncodedString()))
        }
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `a private image is pulled with the login that a helper program keeps`(engine: LabEngine) async throws {
        let lab = try #require(Lab.current)
        let host = try #require(lab.privateRegistry)
        let image = "\(host)/lab/busybox"
        let folder = try Workspace(manifest: "")
        let script = """
            #!/bin/sh
            read -r host
            [ "$1 $host" = "get \(host)" ] || { echo "credentials not found in native keychain"; exit 1; }
            echo '{"ServerURL":"","Username":"\(lab.registryUser ?? "")","Secret":"\(lab.registryPassword ?? "")"}'
            """
        let helper = folder.path + "/docker-credential-lab"
        try Data(script.utf8).write(to: URL(filePath: helper))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: helper)
        let variables = ["PATH": folder.path + ":/usr/bin:/bin"]
        try await engine.removeImage(image)
        let files = ["config.json": #"{"credsStore":"lab"}"#]
        let result = try await run(image, on: engine, files: files, variables: variables)
        #expect(result.status == 0, "\(result.errors)")
        // A helper that is not there is said, and does not keep a public image from being pulled.
        let publicImage = "\(try #require(lab.registry))/lab/busybox"
        let absent = ["config.json": #"{"credsStore":"nosuch"}"#]
        let second = try await run(publicImage, on: engine, ["--pull", "always"], files: absent)
        #expect(second.output == "ran\n")
        #expect(second.errors.contains("docker-credential-nosuch gave no login"), "\(second.errors)")
    }

    @Test(arguments: Lab.engines)
    func `a tag that is not there, and a registry that is down, are told apart`(engine: LabEngine) async throws {
        let host = try #require(Lab.current?.registry)
        let absent = try await run("\(host)/lab/busybox:nosuch", on: engine)
        #expect(absent.status == 69)
        #expect(absent.errors.contains("\(host)/lab/busybox:nosuch"))
        #expect(absent.errors.contains("check its name and tag"), "\(absent.errors)")
        let down = try await run("127.0.0.1:1/lab/busybox", on: engine)
        #expect(down.status == 69)
        #expect(down.errors.contains("check that \(engine.name) reaches 127.0.0.1:1"), "\(down.errors)")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `json tells the pull by objects of its own`(engine: LabEngine) async throws {
        let image = "\(try #require(Lab.current?.registry))/lab/busybox"
        let result = try await run(image, on: engine, ["--pull", "always", "--log-output", "json"])
        #expect(result.output.contains(#""message":"pulling \#(image):latest","#), "\(result.output)")
        #expect(result.output.contains(#""message":"pulled \#(image):latest in "#))
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: Lab.engines)
    func `a pull that is cancelled ends at once, and leaves nothing`(engine: LabEngine) async throws {
        let listener = try SilentListener()
        let image = "127.0.0.1:\(listener.port)/lab/busybox"
        let workspace = try Workspace(manifest: "deploy:\n  image: \(image)\n  commands:\n  - echo ran\n")
        let start = ContinuousClock.now
        let result = try await Program.run(
            ["deploy", "--log-output", "json"],
            in: workspace.path,
            environment: ["DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name],
            sending: .interrupt,
            after: "pulling \(image)"
        )
        #expect(result.status == 130, "\(result.output)")
        // Engines wait for a registry for a minute and longer.
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines, ["okteto-run-lab/busybox-sh", "okteto-run-lab/no-path"])
    func `a shell that is not in PATH is found and runs the commands`(engine: LabEngine, image: String) async throws {
        let command = "pwd; echo A=b >$OKTETO_ENV\n  - echo $A; exit 3"
        let result = try await run(image, on: engine, command: command)
        #expect(result.status == 3, "\(result.errors)")
        #expect(result.output == "/okteto/src\nb\n")
        #expect(!result.errors.contains("FATAL") && !result.errors.contains("catatonit"), "\(result.errors)")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `an image for another processor is told as such`(engine: LabEngine) async throws {
        let result = try await run("okteto-run-lab/arm64", on: engine)
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(
            result.errors.contains("the image okteto-run-lab/arm64 is for linux/arm64, and the engine runs linux/"),
            "\(result.errors)"
        )
        // Podman may close the connection before its init has said so.
        #expect(engine.name == "podman" || result.errors.contains("exec format error"))
        #expect(result.errors.contains("--platform"))
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: Lab.engines)
    func `--platform is not taken for another one`(engine: LabEngine) async throws {
        let image = "\(try #require(Lab.current?.registry))/lab/busybox"
        let result = try await run(image, on: engine, ["--platform", "linux/s390x"])
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("linux/s390x"), "\(result.errors)")
        #expect(try await engine.hasNoContainers())
    }

    @Test(arguments: [["--platform", "linux"], ["--platform", "Linux/amd64"], ["--pull", "sometimes"]])
    func `an option that has no such form is a usage error`(options: [String]) async throws {
        let engine = try #require(Lab.engines.first)
        let result = try await run("busybox", on: engine, options)
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
    }

    @Test(arguments: Lab.engines)
    func `a registry of ECR is logged in to with the exchanged credentials`(engine: LabEngine) async throws {
        let lab = try #require(Lab.current)
        let answer = #"{"__type":"AccessDeniedException","Message":"not authorized to perform this"}"#
        let server = try LoopbackServer([.response(400, answer)])
        let workspace = try Workspace(
            manifest: """
                deploy:
                  image: 112233445566.dkr.ecr.us-west-2.amazonaws.com/team/tool
                  commands:
                  - echo ran
                """
        )
        var environment = lab.environment(token: try await lab.token(), engine: engine)
        environment["AWS_ENDPOINT_URL_ECR"] = server.url
        let result = try await Program.run(["deploy"], in: workspace.path, environment: environment)
        #expect(result.status == 77, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("AccessDeniedException: not authorized"), "\(result.errors)")
        let request = try #require(server.requests.first)
        #expect(request.header("Authorization")?.contains("/us-west-2/ecr/aws4_request") == true)
        #expect(request.header("X-Amz-Security-Token")?.isEmpty == false)
    }
}
