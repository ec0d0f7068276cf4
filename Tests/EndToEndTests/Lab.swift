import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The running lab (Lab/README.md), as the file that OKTETO_RUN_LAB_ENV names describes it.
struct Lab: Decodable, Sendable {
    let lab: String
    let issuer: String
    let issuerScript: String
    let endpoint: String
    let caBundle: String
    let otherCA: String
    let roleARN: String
    let audience: String
    let region: String
    let awscliBin: String
    let thumbprint: String?
    let moto: String?
    let motoAdmin: String?
    let motoReader: String?
    let botocore: String?
    let kubectl: String?
    let registry: String?
    let privateRegistry: String?
    let registryUser: String?
    let registryPassword: String?
    let dockerSocket: String?
    let dockerRoot: String?
    let podmanSocket: String?
    let podmanRoot: String?
    let dockerTLSAddress: String?
    let dockerTLS: String?
    let sshAddress: String?
    let sshBin: String?
    let reportReaders: String?
    let browser: String?

    /// The lab, or nil when the tests run without one.
    static let current: Lab? = {
        guard let path = EnvironmentVariable.value("OKTETO_RUN_LAB_ENV"),
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        return try? JSONDecoder().decode(Lab.self, from: data)
    }()

    static var isRunning: Bool { current != nil }

    static var hasMoto: Bool { current?.moto != nil }

    static var hasRegistry: Bool { current?.registry != nil && !engines.isEmpty }

    /// The engines that the lab runs.
    static var engines: [LabEngine] {
        guard let lab = current else { return [] }
        var engines: [LabEngine] = []
        if let socket = lab.dockerSocket, let root = lab.dockerRoot {
            engines.append(LabEngine(name: "docker", socket: socket, root: root))
        }
        if let socket = lab.podmanSocket, let root = lab.podmanRoot {
            engines.append(LabEngine(name: "podman", socket: socket, root: root))
        }
        return engines
    }

    /// Everything the guide's manifest can be run on.
    static var places: [LabEngine?] { isRunning ? [nil] + engines.map { $0 } : [] }

    /// A token from the issuer, good unless told otherwise: `aud=other`, `exp=-60`, `alg=none`.
    func token(_ changes: String...) async throws -> String {
        let result = try await Subprocess.run(
            .path(FilePath(issuerScript)),
            arguments: Arguments(["mint"] + changes),
            environment: .inherit.updating(["OKTETO_RUN_LAB_DIR": lab]),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        return result.standardOutput
    }

    /// Makes a role of the gateway with the trust policy in a file.
    func createRole(_ name: String, policy: String) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(issuerScript.replacing("/issuer", with: "/gateway"))),
            arguments: ["role", name, policy],
            environment: .inherit.updating(["OKTETO_RUN_LAB_DIR": lab]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        guard result.terminationStatus.isSuccess else { throw LabFailure(answer: result.standardError) }
    }

    /// The issuer as condition keys have it.
    var issuerHost: String { issuer.replacing("http://", with: "") }

    /// The environment of a run with a token.
    func environment(token: String, engine: LabEngine?) -> [String: String] {
        var variables = [
            "OKTETO_RUN_ROLE_ARN": roleARN, "OKTETO_RUN_AUDIENCE": audience, "OKTETO_RUN_REGION": region,
            "OKTETO_RUN_TOKEN_ENV": "LAB_TOKEN", "LAB_TOKEN": token, "AWS_ENDPOINT_URL": endpoint,
            "AWS_CA_BUNDLE": caBundle, "PATH": awscliBin + ":" + (EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin"),
            "OKTETO_RUN_ENGINE": engine?.name ?? "shell", "OKTETO_RUN_NETWORK": "host",
        ]
        if let engine { variables["DOCKER_HOST"] = "unix://" + engine.socket }
        return variables
    }
}

/// A container engine of the lab.
struct LabEngine: Sendable, CustomTestStringConvertible {
    let name: String
    let socket: String
    let root: String

    var testDescription: String { name }

    /// The ids of the containers that okteto-run has left.
    func containers() async throws -> String {
        let filters = "%7B%22label%22%3A%5B%22dev.okteto-run%3D1%22%5D%7D"
        return try await get("/v1.40/containers/json?all=1&filters=\(filters)")
    }

    /// Waits until no container is left of a run that is over; the engine removes them by itself, in its own time.
    ///
    /// Those of runs that other tests have under way beside this one do not count.
    func hasNoContainers(within limit: Duration = .seconds(15)) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            let list = try JSONDecoder().decode([Listed].self, from: Data(try await containers().utf8))
            if list.allSatisfy(\.isOfLivingRun) { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private struct Listed: Decodable {
        let labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case labels = "Labels"
        }

        var isOfLivingRun: Bool {
            guard let pid = labels["dev.okteto-run.pid"] else { return false }
            return FileManager.default.fileExists(atPath: "/proc/\(pid)")
        }
    }

    /// Makes the engine forget an image, if it has it.
    func removeImage(_ name: String) async throws {
        // One that a container still has, which the engine is only about to remove, stays for a moment.
        for _ in 0..<200 {
            _ = try await send("DELETE", "/v1.40/images/\(name)?force=1")
            if try await get("/v1.40/images/\(name)/json").lowercased().contains("no such image") { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    func post(_ path: String, _ json: String) async throws {
        let result = try await Subprocess.run(
            .name("curl"),
            arguments: [
                "-sS", "--fail-with-body", "--unix-socket", socket, "-H", "Content-Type: application/json", "-d", json,
                "http://engine" + path,
            ],
            output: .string(limit: 1 << 20)
        )
        guard result.terminationStatus.isSuccess else { throw LabFailure(answer: result.standardOutput) }
    }

    /// The containers of the test of that name; other tests have theirs at the same time.
    func containers(ofTest name: String) async throws -> String {
        try await get("/v1.40/containers/json?all=1&filters=%7B%22name%22%3A%5B%22okteto-run-test-\(name)-%22%5D%7D")
    }

    /// Waits until the test of that name has left no container.
    func hasNoContainers(ofTest name: String) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(15)
        while ContinuousClock.now < deadline {
            if try await containers(ofTest: name).trimmed == "[]" { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Removes the containers of the test of that name, as somebody may from outside.
    func removeContainers(ofTest name: String) async throws {
        for part in try await containers(ofTest: name).split(separator: "\"Id\":\"").dropFirst() {
            _ = try await Subprocess.run(
                .name("curl"),
                arguments: [
                    "-s", "-X", "DELETE", "--unix-socket", socket,
                    "http://engine/v1.40/containers/\(part.prefix { $0 != "\"" })?force=1&v=1",
                ],
                output: .discarded,
                error: .discarded
            )
        }
    }

    /// Runs a program in a container, as the body of the engine's call says, and does not wait for it.
    func exec(_ container: String, _ body: String) async throws {
        let result = try await Subprocess.run(
            .name("curl"),
            arguments: [
                "-sS", "--fail-with-body", "--unix-socket", socket, "-H", "Content-Type: application/json", "-d", body,
                "http://engine/v1.40/containers/\(container)/exec",
            ],
            output: .string(limit: 1 << 20)
        )
        guard let id = result.standardOutput.firstMatch(of: /"Id":"([0-9a-f]+)"/)?.1 else {
            throw LabFailure(answer: result.standardOutput)
        }
        try await post("/v1.40/exec/\(id)/start", #"{"Detach":true}"#)
    }

    func get(_ path: String) async throws -> String {
        try await send("GET", path)
    }

    private func send(_ method: String, _ path: String) async throws -> String {
        try await Subprocess.run(
            .name("curl"),
            arguments: ["-s", "-X", "\(method)", "--unix-socket", socket, "http://engine" + path],
            output: .string(limit: 8 << 20),
            error: .discarded
        ).standardOutput
    }
}

/// An engine refused what a test asked of it.
struct LabFailure: Error {
    let answer: String
}

extension String {
    var trimmed: String { String(filter { !$0.isWhitespace }) }
}
