import ProcessEnvironment
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Finding an engine that answers")
struct EngineConnectTests {
    private func connect(
        _ choice: EngineChoice = .automatic,
        ping: [String],
        pause: UInt32 = 2_000
    ) async throws -> Engine {
        let fake = try FakeEngine(pause: pause) { _, target in target == "/_ping" ? ping : nil }
        return try await Engine.connect(choice, environment: ["DOCKER_HOST": "unix://\(fake.path)"], home: nil)
    }

    @Test(arguments: [
        ("Api-Version: 1.41\r\n", EngineKind.docker, "1.41"),
        ("Api-Version: 1.52\r\n", .docker, "1.52"), ("Api-Version: 1.99\r\n", .docker, "1.55"),
        ("api-version: 1.41\r\nLibpod-Api-Version: 4.3.1\r\n", .podman, "1.41"),
    ])
    func `the header fields of the ping tell kind and version`(
        headers: String,
        kind: EngineKind,
        version: String
    ) async throws {
        let engine = try await connect(ping: FakeEngine.response(200, "OK", headers: headers))
        #expect(engine.kind == kind)
        #expect("\(engine.version)" == version)
        #expect(engine.summary.hasPrefix("\(kind) at unix:///") && engine.summary.hasSuffix(", from DOCKER_HOST"))
    }

    @Test(
        arguments: [
            (
                EngineChoice.automatic, FakeEngine.response(200, "OK", headers: "Api-Version: 1.39\r\n"),
                "1.40 is the least"
            ),
            (.automatic, FakeEngine.response(200, "<html>"), "no container engine"),
            (.automatic, FakeEngine.response(500, #"{"message":"broken\u001b[31m"}"#), "status 500: broken[31m"),
            (.automatic, ["garbage"], "no"),
            (
                .podman, FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\n"),
                "docker answered, but podman was"
            ),
            (
                .docker,
                FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\nLibpod-Api-Version: 4.0\r\n"),
                "podman answered, but docker was"
            ),
        ] as [(EngineChoice, [String], String)]
    )
    func `an engine that is not wanted is an error that says why`(
        choice: EngineChoice,
        ping: [String],
        words: String
    ) async throws {
        let error = await #expect(throws: ContainerExecError.self) { try await connect(choice, ping: ping) }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("from DOCKER_HOST") == true)
        #expect(error?.hint != nil)
    }

    @Test(arguments: [("1.44", "1.44"), ("v1.41", "1.41"), ("", "1.55")])
    func `DOCKER_API_VERSION replaces the negotiation`(value: String, version: String) async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(200, "OK", headers: "Api-Version: 1.60\r\n") }
        let environment: EnvironmentVariables = [
            "DOCKER_HOST": "unix://\(fake.path)", "DOCKER_API_VERSION": value,
        ]
        #expect("\(try await Engine.connect(.docker, environment: environment, home: nil).version)" == version)
    }

    @Test(arguments: ["1.39", "latest", "1.41.2"])
    func `a DOCKER_API_VERSION that cannot work is an error that names it`(value: String) async throws {
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(
                .docker,
                environment: ["DOCKER_HOST": "unix:///x", "DOCKER_API_VERSION": value],
                home: nil
            )
        }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.hasPrefix("DOCKER_API_VERSION is ") == true)
    }

    @Test func `an engine whose least version is 1.44 is spoken to in its newest`() async throws {
        let fake = try FakeEngine { _, target in
            if target == "/_ping" { return FakeEngine.response(200, "OK", headers: "Api-Version: 1.52\r\n") }
            let version = target.split(separator: "/").first.flatMap { APIVersion($0.dropFirst()) }
            guard let version, version >= APIVersion(major: 1, minor: 44) else {
                let words = "client version 1.40 is too old. Minimum supported API version is 1.44"
                return FakeEngine.response(400, #"{"message":"\#(words)"}"#)
            }
            return FakeEngine.response(200, "[]")
        }
        let environment: EnvironmentVariables = ["DOCKER_HOST": "unix://\(fake.path)"]
        let engine = try await Engine.connect(.automatic, environment: environment, home: nil)
        #expect(try await engine.list().isEmpty)
        let old = Engine(kind: .docker, version: .oldest, candidate: engine.candidate)
        let error = await #expect(throws: ContainerExecError.self) { try await old.list() }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.hint?.contains("DOCKER_API_VERSION") == true)
    }

    @Test func `a known socket on which nobody listens is passed over, and listed when none answers`() async throws {
        let stale = try StaleSocket()
        let fake = try FakeEngine { _, _ in FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\n") }
        let candidates = try [stale.path, fake.path].map {
            EngineCandidate(endpoint: try .unixSocket($0), origin: .knownSocket)
        }
        let engine = try await Engine.connect(.automatic, candidates: candidates)
        #expect(engine.candidate == candidates[1])
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(.automatic, candidates: [candidates[0], candidates[0]])
        }
        #expect(
            error?.message.hasSuffix("unix://\(stale.path): the socket is there, but nobody listens on it") == true,
            "\(error?.message ?? "")"
        )
    }

    @Test func `a ping that is slow is waited for`() async throws {
        let engine = try await connect(ping: ["HTTP/1.1 200 OK\r\n", "Api-Version: 1.41\r\n", "\r\n"], pause: 400_000)
        #expect(engine.kind == .docker)
    }

    @Test func `when nothing answers the error lists every place that was asked`() async throws {
        let candidates = try ["/nonexistent/a.sock", "/nonexistent/b.sock"].map {
            EngineCandidate(endpoint: try .unixSocket($0), origin: .knownSocket)
        }
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(.automatic, candidates: candidates)
        }
        #expect(
            error?.message == """
                no container engine found; asked, in this order:
                  unix:///nonexistent/a.sock: no such socket
                  unix:///nonexistent/b.sock: no such socket
                """
        )
        #expect(error?.hint?.contains("--engine shell") == true)
    }

    @Test func `a survey tells what came of the place that a setting names`() async throws {
        let ping = FakeEngine.response(200, "OK", headers: "Api-Version: 1.41\r\n")
        let fake = try FakeEngine { _, target in target == "/_ping" ? ping : nil }
        let sightings = try await Engine.survey(environment: ["DOCKER_HOST": "unix://\(fake.path)"], home: nil)
        #expect(
            sightings == [
                EngineSighting(
                    place: "unix://\(fake.path)",
                    reason: "from DOCKER_HOST",
                    finding: "docker answers, API 1.41",
                    isUsable: true,
                    isAbsent: false
                )
            ]
        )
    }

    @Test func `a survey asks every known socket, and says which are not there`() async throws {
        let sightings = try await Engine.survey(environment: [:], home: "/nonexistent")
        let place = "unix:///nonexistent/.docker/run/docker.sock"
        let sighting = try #require(sightings.first { $0.place == place })
        #expect(sighting.isAbsent && !sighting.isUsable)
        #expect(sighting.finding == "no such socket" && sighting.reason == "a known socket")
        #expect(sightings.count >= 7)
    }

    @Test func `a place that a setting names and where nothing is, is not just absent`() async throws {
        let sightings = try await Engine.survey(environment: ["DOCKER_HOST": "unix:///nonexistent/x.sock"], home: nil)
        #expect(sightings.map(\.isAbsent) == [false])
        #expect(sightings.map(\.isUsable) == [false])
    }
}
