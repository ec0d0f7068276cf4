import HTTPTransport
import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The engines of the lab, when `OKTETO_RUN_LAB_ENV` names the file that describes it.
private enum Lab {
    static let settings: [String: String] = {
        guard let path = EnvironmentVariables.ofProcess().nonEmpty("OKTETO_RUN_LAB_ENV"),
            let file = SmallFile.read(path)
        else { return [:] }
        return (try? JSON.decode([String: String].self, from: file)) ?? [:]
    }()

    static let sockets = ["dockerSocket", "podmanSocket"].compactMap { settings[$0] }
    static let image = settings["engineImage"] ?? "amazon/aws-cli"
}

@Suite("With a real engine", .enabled(if: !Lab.sockets.isEmpty, "OKTETO_RUN_LAB_ENV names no engine"), .serialized)
struct RealEngineTests {
    private func connect(_ socket: String) async throws -> Engine {
        try await Engine.connect(.automatic, environment: ["DOCKER_HOST": "unix://\(socket)"], home: nil)
    }

    private func specification() -> ContainerSpecification {
        var result = ContainerSpecification(image: Lab.image, identity: .current(), phase: "test/real")
        result.network = "none"
        result.environment = ["GREETING": "hello"]
        return result
    }

    @Test(arguments: Lab.sockets)
    func `a workspace is uploaded, a shell runs on it and the engine removes it`(socket: String) async throws {
        let engine = try await connect(socket)
        try #require(try await engine.inspectImage(Lab.image) != nil)
        let tree = try ScratchFolder()
        try tree.write("a/b.txt", "content\n")
        try tree.write("big", String(repeating: "0123456789abcdef", count: 400_000))
        try tree.link("link", to: "a/b.txt")
        let container = try await engine.createContainer(specification()).id
        #expect(try await engine.list().contains { $0.id == container })
        let workspace = WorkspaceArchive(
            folder: tree.path,
            extraFiles: [MemoryFile(path: "okteto/ca.pem", contents: Array("CA".utf8))]
        )
        let summary = try await engine.upload(workspace, to: container)
        #expect(summary.files == 2)
        let connection = try await engine.attach(container)
        try await engine.start(container, of: specification())
        let script = """
            cd /okteto/src; cat link /okteto/ca.pem; echo; wc -c <big; id -u; pwd; echo $GREETING; echo bad >&2; exit 3

            """
        let output = try await DedicatedThread.run {
            try connection.sendAll(Array(script.utf8).span.bytes)
            connection.finishSending()
            return try Frames.collect(connection)
        }
        #expect(output[1] == "content\nCA\n6400000\n0\n/okteto/src\nhello\n")
        #expect(output[2] == "bad\n")
        for _ in 0..<100 where try await engine.inspect(container) != nil { usleep(50_000) }
        #expect(try await engine.inspect(container) == nil)
        try await engine.remove(container)
    }

    @Test(arguments: Lab.sockets)
    func `an image that no registry has is not found`(socket: String) async throws {
        let engine = try await connect(socket)
        #expect(try await engine.inspectImage("localhost:1/none/such") == nil)
        var specification = specification()
        specification.image = "localhost:1/none/such"
        let wanted = specification
        let created = await #expect(throws: ContainerExecError.self) { try await engine.createContainer(wanted) }
        #expect(created?.code == .imageNotFound, "\(created?.message ?? "")")
        let pulled = await #expect(throws: ContainerExecError.self) { try await engine.pull("localhost:1/none/such") }
        #expect(pulled?.code == .engineFailed, "\(pulled?.message ?? "")")
    }

    @Test(arguments: Lab.sockets)
    func `a missing shell is told at the start or found out afterwards`(socket: String) async throws {
        let engine = try await connect(socket)
        var wanted = specification()
        wanted.shell = ["no-such-shell"]
        wanted.usesInit = false
        let specification = wanted
        let container = try await engine.createContainer(specification).id
        let error = await #expect(throws: ContainerExecError.self) {
            try await engine.start(container, of: specification)
        }
        #expect(error?.code == .noShell, "\(error?.message ?? "")")
        try await engine.remove(container)
        #expect(try await engine.findShell(in: specification) == "/bin/sh")
    }

    @Test(arguments: Lab.sockets)
    func `an upload into what does not exist is an error, early or late`(socket: String) async throws {
        let engine = try await connect(socket)
        let tree = try ScratchFolder()
        try tree.write("big", String(repeating: "0123456789abcdef", count: 2_000_000))
        let error = await #expect(throws: ContainerExecError.self) {
            try await engine.upload(WorkspaceArchive(folder: tree.path), to: ContainerID("deadbeef"))
        }
        #expect(error?.message.lowercased().contains("no such container") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: Lab.sockets)
    func `a container of a dead run is pruned and that of this one is not`(socket: String) async throws {
        let engine = try await connect(socket)
        var dead = specification()
        dead.identity = RunIdentity(run: "00000000-dead", pid: 0x3FFF_FFF0, host: .current())
        let left = try await engine.createContainer(dead).id
        let ours = try await engine.createContainer(specification()).id
        let abandoned = try await engine.abandonedContainers().map(\.id)
        #expect(abandoned.contains(left) && !abandoned.contains(ours))
        try await engine.remove(left)
        #expect(try await engine.inspect(left) == nil)
        try await engine.kill(ours)
        try await engine.remove(ours)
        #expect(try await engine.inspect(ours) == nil)
    }
}

/// Cuts the frames of an attached container apart.
private enum Frames {
    static func collect(_ connection: HTTPConnection) throws -> [UInt8: String] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        reading: while true {
            switch try buffer.withUnsafeMutableBytes({ try connection.receive(into: $0) }) {
            case .bytes(let count): bytes += buffer[..<count]
            case .ended: break reading
            case .wouldBlock:
                var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&entry, 1, 20_000) > 0 else { break reading }
            }
        }
        var result: [UInt8: String] = [:]
        var index = 0
        while index + 8 <= bytes.count {
            let length = bytes[(index + 4)..<(index + 8)].reduce(0) { $0 << 8 | Int($1) }
            let end = min(index + 8 + length, bytes.count)
            result[bytes[index], default: ""] += String(decoding: bytes[(index + 8)..<end], as: UTF8.self)
            index = end
        }
        return result
    }
}
