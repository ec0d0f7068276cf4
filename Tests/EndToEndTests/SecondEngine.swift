import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A Docker Engine beside the lab's, which a test may kill.
struct SecondEngine: Sendable {
    let folder: String
    let script: String

    var socket: String { "\(folder)/docker/docker.sock" }

    /// Starts an engine that has the image busybox.
    static func start() async throws -> SecondEngine {
        let lab = try #require(Lab.current)
        let scripts = lab.issuerScript.split(separator: "/").dropLast().joined(separator: "/")
        let name = UUID().uuidString.prefix(8)
        let engine = SecondEngine(folder: "/tmp/okteto-run-two-\(name)", script: "/\(scripts)/docker")
        try await engine.lab("start")
        let first = try #require(lab.dockerSocket)
        let archive = "\(engine.folder)/busybox.tar"
        let url = "http://engine/images/busybox/get"
        try await curl(["--unix-socket", first, "-o", archive, url])
        try await curl([
            "--unix-socket", engine.socket, "-X", "POST", "-H", "Content-Type: application/x-tar", "-T", archive,
            "http://engine/images/load",
        ])
        try FileManager.default.removeItem(atPath: archive)
        return engine
    }

    /// Kills the daemon, and leaves everything else of it.
    func killDaemon() throws {
        let text = try #require(FileManager.default.contents(atPath: "\(folder)/docker/dockerd.pid"))
        let number = try #require(String(decoding: text, as: UTF8.self).split(separator: " ").first)
        kill(try #require(Int32(number)), SIGKILL)
    }

    func stop() async throws {
        try await lab("stop")
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func lab(_ verb: String) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(script)),
            arguments: [verb],
            environment: .inherit.updating(["OKTETO_RUN_LAB_DIR": folder]),
            output: .discarded,
            error: .string(limit: 65_536)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    }

    private static func curl(_ arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .name("curl"),
            arguments: Arguments(["-sS", "--fail"] + arguments),
            output: .discarded,
            error: .string(limit: 65_536)
        )
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
    }
}
