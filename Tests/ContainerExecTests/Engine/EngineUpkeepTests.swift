import ProcessEnvironment
import Synchronization
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Finding and removing what runs left, and what an image has")
struct EngineUpkeepTests {
    private static let ids = ["aa", "bb", "cc"].map { String(repeating: $0, count: 32) }

    /// A line of an engine's list.
    private static func line(_ id: String, labels: String = "{}", name: String = "/okteto-run-x") -> String {
        #"{"Id":"\#(id)","Names":["\#(name)"],"Labels":\#(labels),"State":"running","Created":1700000000}"#
    }

    @Test func `containers are listed with name, labels, state and time, and nothing that a terminal obeys`()
        async throws
    {
        let body =
            "[" + Self.line(Self.ids[0], labels: #"{"a":"b"}"#, name: #"/x\u001b[31m"#) + #",{"Id":"\#(Self.ids[1])"}]"#
        let fake = try FakeEngine { _, target in
            target.contains("/containers/json?all=1&filters=") ? FakeEngine.response(200, body) : nil
        }
        let list = try await fake.engine().list()
        #expect(list.map(\.id.rawValue) == [Self.ids[0], Self.ids[1]])
        #expect(list[0].name == "x[31m")
        #expect(list[0].labels == ["a": "b"] && list[0].state == "running" && list[0].created == 1_700_000_000)
        #expect(list[1].name.isEmpty && list[1].labels.isEmpty && list[1].state.isEmpty && list[1].created == 0)
    }

    @Test func `only the containers of this machine's dead runs are abandoned`() async throws {
        let host = HostIdentity.current()
        func labels(_ pid: Int32) -> String {
            let identity = RunIdentity(run: "r", pid: pid, host: host)
            let pairs = ContainerLabels.all(of: identity, phase: "deploy").map { #""\#($0.key)":"\#($0.value)""# }
            return "{" + pairs.joined(separator: ",") + "}"
        }
        let body =
            "["
            + [
                Self.line(Self.ids[0], labels: labels(0x3FFF_FFF0)), Self.line(Self.ids[1], labels: labels(getpid())),
                Self.line(Self.ids[2]),
            ].joined(separator: ",") + "]"
        let fake = try FakeEngine { _, _ in FakeEngine.response(200, body) }
        #expect(try await fake.engine().abandonedContainers(host: host).map(\.id.rawValue) == [Self.ids[0]])
    }

    @Test func `a dead run's containers are removed, also one that comes late and one that resists at first`()
        async throws
    {
        let calls = Mutex((lists: 0, refusals: 0))
        let fake = try FakeEngine(pause: 0) { method, target in
            if target.contains("/containers/json") {
                let count = calls.withLock { calls in
                    calls.lists += 1
                    return calls.lists
                }
                let found = count == 1 ? [Self.ids[0]] : count == 3 ? [Self.ids[1]] : count == 4 ? [Self.ids[1]] : []
                return FakeEngine.response(200, "[" + found.map { Self.line($0) }.joined(separator: ",") + "]")
            }
            guard method == "DELETE" else { return nil }
            let isRefused = calls.withLock { calls in
                guard target.contains(Self.ids[1]), calls.refusals == 0 else { return false }
                calls.refusals += 1
                return true
            }
            return isRefused ? FakeEngine.response(500, #"{"message":"busy"}"#) : FakeEngine.response(204)
        }
        let count = try await fake.engine().reap(run: "r", quiet: .seconds(3))
        #expect(count == 2)
        #expect(fake.requests.count { $0.hasPrefix("DELETE ") } >= 3)
    }

    @Test func `an engine that fails to the last fails the removal`() async throws {
        let fake = try FakeEngine(pause: 0) { _, _ in FakeEngine.response(500, #"{"message":"broken"}"#) }
        let error = await #expect(throws: ContainerExecError.self) {
            try await fake.engine().reap(run: "r", quiet: .milliseconds(50))
        }
        #expect(error?.message.contains("broken") == true)
    }

    @Test(arguments: [("/bin/sh", "/bin/sh"), ("/busybox/sh", "/busybox/sh"), ("", nil)] as [(String, String?)])
    func `the shell of an image is looked for at the usual places, and the container for it is removed`(
        path: String,
        found: String?
    ) async throws {
        let fake = try FakeEngine(pause: 0) { method, target in
            switch method {
            case "POST": FakeEngine.response(201, #"{"Id":"\#(Self.ids[0])"}"#)
            case "HEAD": FakeEngine.response(target.hasSuffix("path=" + URLEncoding.encode(path)) ? 200 : 404)
            case "DELETE": FakeEngine.response(204)
            default: nil
            }
        }
        let specification = ContainerSpecification(
            image: "img",
            identity: ContainerSpecificationTests.identity,
            phase: "deploy"
        )
        #expect(try await fake.engine().findShell(in: specification) == found)
        #expect(fake.requests.last?.hasPrefix("DELETE ") == true)
    }

    @Test func `an engine that cannot look for a shell is an error, and the container is removed all the same`()
        async throws
    {
        let fake = try FakeEngine(pause: 0) { method, _ in
            switch method {
            case "POST": FakeEngine.response(201, #"{"Id":"\#(Self.ids[0])"}"#)
            case "DELETE": FakeEngine.response(204)
            default: FakeEngine.response(500)
            }
        }
        let specification = ContainerSpecification(
            image: "img",
            identity: ContainerSpecificationTests.identity,
            phase: "deploy"
        )
        await #expect(throws: ContainerExecError.self) { try await fake.engine().findShell(in: specification) }
        #expect(fake.requests.last?.hasPrefix("DELETE ") == true)
    }

    @Test func `what an image says about itself is read, and what it leaves out has a meaning`() async throws {
        let full = """
            {"Id":"sha256:1","Os":"linux","Architecture":"arm64","Config":{"Entrypoint":["/e"],"Cmd":["c"],
            "Env":["PATH=/bin","EMPTY="],"User":"u","WorkingDir":"/w"}}
            """
        let fake = try FakeEngine { _, target in
            FakeEngine.response(200, target.contains("full") ? full : #"{"Id":"sha256:2"}"#)
        }
        let image = try #require(try await fake.engine().inspectImage("full"))
        #expect(image.entrypoint == ["/e"] && image.command == ["c"] && image.user == "u")
        #expect(image.workingDirectory == "/w" && image.variableNames == ["PATH", "EMPTY"])
        #expect(image.platform == "linux/arm64" && image.id == "sha256:1")
        let bare = try #require(try await fake.engine().inspectImage("bare"))
        #expect(bare.entrypoint.isEmpty && bare.variableNames.isEmpty && bare.platform == "linux/unknown")
    }

    @Test(
        arguments: [
            (#"{"name":"x","mode":134218239,"linkTarget":"/y"}"#, true, "/y"), (#"{"mode":420}"#, false, nil),
        ] as [(String, Bool, String?)]
    )
    func `the header about a path tells a link from a file`(json: String, isLink: Bool, target: String?) throws {
        let status = try #require(PathStatus(header: Base64.encode(Array(json.utf8))))
        #expect(status.isLink == isLink && status.linkTarget == target)
    }

    @Test(arguments: ["", "%%%", "e30="])
    func `a header that is not understood is none`(header: String) {
        #expect(PathStatus(header: header) == nil)
    }
}
