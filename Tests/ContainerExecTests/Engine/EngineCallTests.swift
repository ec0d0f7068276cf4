import HTTPTransport
import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("What becomes of an engine's answers")
struct EngineCallTests {
    private static let id = String(repeating: "ab", count: 32)
    private let specification = ContainerSpecification(
        image: "img",
        identity: ContainerSpecificationTests.identity,
        phase: "deploy"
    )

    private func pull(_ pieces: [String]) async throws -> [PullProgress] {
        let fake = try FakeEngine { _, target in
            target == "/v1.41/images/create?fromImage=img&tag=latest" ? pieces : nil
        }
        let lines = Mutex<[PullProgress]>([])
        try await fake.engine().pull("img") { line in lines.withLock { $0.append(line) } }
        return lines.withLock { $0 }
    }

    private static let chunked = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"

    @Test func `a pull reports progress, wherever its lines are cut`() async throws {
        let lines = try await pull([
            Self.chunked, #"{"status":"Pulling","id":"lat"#, "est\"}\n\n{\"status\":\"Down\",\"progressDetail\":",
            "{\"current\":5,\"total\":9}}\nnot json\n{\"status\":\"Done\\u001b\"}",
        ])
        #expect(
            lines.prefix(2) == [
                PullProgress(status: "Pulling", layer: "latest"), PullProgress(status: "Down", current: 5, total: 9),
            ]
        )
    }

    @Test(arguments: [
        (#"{"errorDetail":{"message":"manifest unknown"},"error":"x"}"#, ContainerExecError.Code.imageNotFound),
        (#"{"error":"dial tcp: connection refused"}"#, .engineFailed),
        (#"{"error":"no space left on device"}"#, .diskFull),
    ])
    func `an error within the stream of a pull is an error`(line: String, code: ContainerExecError.Code) async throws {
        let error = await #expect(throws: ContainerExecError.self) {
            try await pull([Self.chunked, "{\"status\":\"x\"}\n", line + "\n"])
        }
        #expect(error?.code == code)
    }

    @Test func `a pull that is refused at once names the image`() async throws {
        let error = await #expect(throws: ContainerExecError.self) {
            try await pull(FakeEngine.response(404, #"{"message":"pull access denied for img"}"#))
        }
        #expect(error?.code == .imageRefused)
        #expect(error?.message == "docker cannot get the image img:latest: pull access denied for img")
    }

    @Test func `an endless line of a pull is an error and not memory`() async throws {
        let piece = String(repeating: "x", count: 600_000)
        await #expect(throws: ContainerExecError.self) { try await pull([Self.chunked, piece, piece]) }
    }

    @Test func `a container is created with the engine's identifier and warnings`() async throws {
        let fake = try FakeEngine { _, _ in
            FakeEngine.response(201, #"{"Id":"\#(Self.id)","Warnings":["no swap\nlimit"]}"#)
        }
        let container = try await fake.engine().createContainer(specification)
        #expect(container.id.rawValue == Self.id)
        #expect(container.warnings == ["no swap limit"])
        #expect(
            fake.requests.first?.hasPrefix("POST /v1.41/containers/create?name=okteto-run-deploy-1b4e28ba ") == true
        )
    }

    @Test(arguments: [409, 500])
    func `a name that is in use is replaced by another`(status: Int) async throws {
        let calls = Atomic(0)
        let fake = try FakeEngine { _, _ in
            calls.wrappingAdd(1, ordering: .relaxed).newValue == 1
                ? FakeEngine.response(status, #"{"message":"the name \"x\" is already in use"}"#)
                : FakeEngine.response(201, #"{"Id":"\#(Self.id)"}"#)
        }
        _ = try await fake.engine().createContainer(specification)
        #expect(calls.load(ordering: .relaxed) == 2)
    }

    @Test(
        arguments: [
            (404, #"{"message":"No such image: img:latest"}"#, ContainerExecError.Code.imageNotFound, "img:latest"),
            (404, #"{"message":"network x not found"}"#, .engineFailed, "network x not found"),
            (409, #"{"message":"conflict of another kind"}"#, .engineFailed, "another kind"),
            (500, #"{"cause":"c","message":"no\u0007 space","response":500}"#, .engineFailed, "no space"),
            (502, "<html>Bad gateway</html>", .engineFailed, "Bad gateway"),
            (201, "{}", .engineFailed, "not understood"),
            (201, #"{"Id":"../../x"}"#, .engineFailed, "no identifier"),
        ] as [(Int, String, ContainerExecError.Code, String)]
    )
    func `a refused creation is the right error`(
        status: Int,
        body: String,
        code: ContainerExecError.Code,
        words: String
    ) async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(status, body) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().createContainer(specification)
        }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        (400, #"exec: \"sh\": executable file not found in $PATH: unknown"#, ContainerExecError.Code.noShell),
        (500, #"runc: exec: \"sh\": executable file not found in $PATH"#, .noShell),
        (500, #"exec: \"docker-init\": executable file not found in $PATH"#, .engineFailed),
        (500, #"network bridge not found"#, .engineFailed),
    ])
    func `a start that fails tells a missing shell from the rest`(
        status: Int,
        message: String,
        code: ContainerExecError.Code
    ) async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(status, #"{"message":"\#(message)"}"#) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().start(ContainerID(Self.id), of: specification)
        }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        (204, ""), (404, #"{"message":"no such container"}"#),
        (409, #"{"message":"removal of container x is already in progress"}"#),
    ])
    func `removing what is gone or going succeeds`(status: Int, body: String) async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(status, body) }
        try await fake.engine().remove(ContainerID(Self.id))
        #expect(fake.requests.first?.hasPrefix("DELETE /v1.41/containers/\(Self.id)?force=1&v=1 ") == true)
    }

    @Test(arguments: [404, 500])
    func `a container that goes away during the call is gone`(status: Int) async throws {
        let body = #"{"cause":"no such container","message":"x does not exist in database: no such container"}"#
        let fake = try FakeEngine { _, _ in FakeEngine.response(status, body) }
        let engine = try fake.engine()
        #expect(try await engine.inspect(ContainerID(Self.id)) == nil)
        try await engine.kill(ContainerID(Self.id))
        try await engine.remove(ContainerID(Self.id))
    }

    @Test func `an engine that cannot remove a container is an error`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(500, #"{"message":"device busy"}"#) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().remove(ContainerID(Self.id))
        }
        #expect(error?.message == "docker could not remove the container abababababab: device busy")
    }

    @Test(.timeLimit(.minutes(1)))
    func `cancelling ends an upload that the engine does not answer`() async throws {
        let fake = try FakeEngine { _, _ in
            sleep(2)
            return []
        }
        let engine = try fake.engine()
        let id = try ContainerID(Self.id)
        let error = await #expect(throws: ContainerExecError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await engine.upload(to: id) { sink throws(ContainerExecError) in
                        try sink([UInt8]("x".utf8).span.bytes)
                    }
                }
                try await Task.sleep(for: .milliseconds(200))
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(error?.code == .cancelled)
    }

    @Test func `a cancelled task still removes its container`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(204) }
        let engine = try fake.engine()
        let id = try ContainerID(Self.id)
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { try? await engine.remove(id) }
        }
        #expect(fake.requests.count == 1)
    }

    @Test func `a creation is carried through when its task is cancelled, so that the container is known`() async throws
    {
        let fake = try FakeEngine(pause: 100_000) { _, _ in
            // In pieces, so that the cancellation comes in the middle of the call.
            FakeEngine.response(201, #"{"Id":"\#(Self.id)","Warnings":[]}"#).flatMap { text in
                [String(text.prefix(20)), String(text.dropFirst(20))]
            }
        }
        let engine = try fake.engine()
        let created = try await withThrowingTaskGroup(of: CreatedContainer.self) { group in
            group.addTask { [specification] in try await engine.createContainer(specification) }
            while fake.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
            return try await group.next()
        }
        #expect(created?.id.rawValue == Self.id)
    }

    @Test func `an image that is absent is nil, and podman is asked by both names`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(404, #"{"message":"no such image"}"#) }
        #expect(try await fake.engine(.podman).inspectImage("img") == nil)
        #expect(
            fake.requests.map { $0.split(separator: " ")[1] } == [
                "/v1.41/images/img:latest/json", "/v1.41/images/docker.io/library/img:latest/json",
            ]
        )
    }

    @Test func `an image's configuration is read, nulls and all`() async throws {
        let fake = try FakeEngine { _, _ in
            FakeEngine.response(
                200,
                #"{"Id":"sha256:1","Os":"linux","Architecture":"amd64","Config":{"Entrypoint":["aws"],"Cmd":null,"#
                    + #""Env":["PATH=/bin","A"],"User":"","WorkingDir":"/aws"}}"#
            )
        }
        let image = try #require(try await fake.engine().inspectImage("img"))
        #expect(image.entrypoint == ["aws"])
        #expect(image.variableNames == ["PATH", "A"])
        #expect(image.platform == "linux/amd64")
    }

    @Test func `attaching reads the head and keeps what came behind it`() async throws {
        let fake = try FakeEngine { _, _ in ["HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nframes"] }
        let connection = try await fake.engine().attach(ContainerID(Self.id))
        var buffer = [UInt8](repeating: 0, count: 16)
        let receipt = try buffer.withUnsafeMutableBytes { try connection.receive(into: $0) }
        #expect(receipt == .bytes(6))
    }

    @Test func `attaching to what is gone is an error with the engine's words`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(404, #"{"message":"No such container: x"}"#) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().attach(ContainerID(Self.id))
        }
        #expect(error?.message.contains("No such container: x") == true)
    }

    @Test func `an upload is sent in chunks and ended`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(200) }
        try await fake.engine().upload(to: ContainerID(Self.id)) { sink throws(ContainerExecError) in
            for piece in [[UInt8]("hello".utf8), [], [UInt8](repeating: 120, count: 17)] { try sink(piece.span.bytes) }
        }
        let request = try #require(fake.requests.first)
        #expect(request.hasPrefix("PUT /v1.41/containers/\(Self.id)/archive?path=%2F "))
        #expect(request.hasSuffix("\r\n\r\n5\r\nhello\r\n11\r\nxxxxxxxxxxxxxxxxx\r\n0\r\n\r\n"))
    }

    @Test func `an upload that the engine refuses at its end is an error with its words`() async throws {
        let fake = try FakeEngine { _, _ in FakeEngine.response(500, #"{"message":"no space left on device"}"#) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().upload(to: ContainerID(Self.id)) { sink throws(ContainerExecError) in
                try sink([UInt8]("x".utf8).span.bytes)
            }
        }
        #expect(error?.message.contains("no space left on device") == true, "\(error?.message ?? "")")
    }

    @Test func `what the archive throws goes through`() async throws {
        let fake = try FakeEngine { _, _ in nil }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().upload(to: ContainerID(Self.id)) { _ throws(ContainerExecError) in
                throw ContainerExecError(.workspace, "a file vanished")
            }
        }
        #expect(error?.code == .workspace)
    }
}
