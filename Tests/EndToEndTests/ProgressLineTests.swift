import FoundationEssentials
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The line of work in progress, on a terminal that script(1) makes.
@Suite(.serialized, .enabled(if: Lab.hasRegistry, "needs the lab's registry and engines"), .timeLimit(.minutes(2)))
struct ProgressLineTests {
    private func run(_ arguments: String, engine: LabEngine, image: String) async throws -> String {
        let workspace = try Workspace(manifest: "deploy:\n  image: \(image)\n  commands:\n  - echo ran\n")
        let command = "stty cols 60; timeout --foreground -s INT 6 '\(Program.path)' deploy \(arguments)"
        let variables: [Environment.Key: String] = [
            "PATH": EnvironmentVariable.value("PATH") ?? "/usr/bin:/bin", "HOME": workspace.path, "TERM": "xterm",
            "DOCKER_HOST": "unix://" + engine.socket, "OKTETO_RUN_ENGINE": engine.name, "SHELL": "/bin/sh",
            "OKTETO_RUN_NETWORK": "host",
        ]
        return try await Subprocess.run(
            .name("script"),
            arguments: ["-qec", "\(command)", "/dev/null"],
            environment: .custom(variables),
            workingDirectory: FilePath(workspace.path),
            output: .string(limit: 1 << 20),
            error: .discarded
        ).standardOutput
    }

    @Test func `a pull that takes its time is one line that fits, is redrawn, and is gone afterwards`() async throws {
        let listener = try SilentListener()
        let engine = try #require(Lab.engines.first)
        let text = try await run("", engine: engine, image: "127.0.0.1:\(listener.port)/team/a-rather-long-name:1.2.3")
        // Each change of the screen has a mark before it; before the first stand lines of okteto-run's own.
        let frames = text.replacing("\r\n", with: "\n").split(separator: "\u{1B}[?2026h").dropFirst()
        let drawn = frames.filter { $0.contains("pulling 127.0.0.1:") }
        #expect(drawn.count > 3, "\(text)")
        for frame in drawn {
            // Back to the line's start, over what stood there.
            let line = (frame.split { $0 == "\n" || $0 == "\r" }.last ?? "").prefix { $0 != "\u{1B}" }
            #expect(line.contains("pulling 127.0.0.1:"), "\(line)")
            #expect(line.count < 60)
        }
        #expect(frames.last?.contains("pulling") == false)
        #expect(text.contains("signal 2"))
        // Ten a second at most, for the six seconds that it was let run.
        #expect(frames.count < 80)
    }

    @Test func `plain draws nothing on a terminal either`() async throws {
        let listener = try SilentListener()
        let engine = try #require(Lab.engines.first)
        let image = "127.0.0.1:\(listener.port)/x"
        let text = try await run("--log-output plain", engine: engine, image: image)
        #expect(!text.contains("\u{1B}["), "\(text)")
        #expect(text.contains("INFO: pulling \(image):latest\r\n"))
    }
}
