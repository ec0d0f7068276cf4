import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Containers as they are asked for")
struct ContainerSpecificationTests {
    static let identity = RunIdentity(
        run: "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        pid: 4_711,
        host: HostIdentity(machine: "m", boot: "b", namespace: "n")
    )

    @Test func `the body of the create request is this text`() throws {
        var specification = ContainerSpecification(image: "amazon/aws-cli", identity: Self.identity, phase: "test/aws")
        specification.environment = ["CI": "true", "A": "ü=\""]
        specification.extraHosts = ["db:10.0.0.1"]
        specification.mounts = [try BindMount(source: "/abs", target: "/okteto/src")]
        let body = try JSON.encode(CreateBody(specification, image: "amazon/aws-cli:latest"))
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"AttachStderr":true,"AttachStdin":true,"AttachStdout":true,"Cmd":[],"Entrypoint":["sh"],"#
                + #""Env":["A=ü=\"","CI=true"],"HostConfig":{"AutoRemove":true,"#
                + #""ExtraHosts":["db:10.0.0.1"],"Init":true,"LogConfig":{"Type":"none"},"Mounts":[{"ReadOnly":false,"#
                + #""Source":"/abs","Target":"/okteto/src","Type":"bind"}],"NetworkMode":"default"},"#
                + #""Image":"amazon/aws-cli:latest","Labels":{"dev.okteto-run":"1","dev.okteto-run.host":"m.b.n","#
                + #""dev.okteto-run.phase":"test/aws","dev.okteto-run.pid":"4711","#
                + #""dev.okteto-run.run":"1b4e28ba-2fa1-11d2-883f-0016d3cca427"},"OpenStdin":true,"StdinOnce":true,"#
                + #""Tty":false,"User":"0","WorkingDir":"/"}"#
        )
    }

    @Test func `the entrypoint is never empty`() throws {
        var specification = ContainerSpecification(image: "x", identity: Self.identity, phase: "deploy")
        specification.shell = []
        #expect(CreateBody(specification, image: "x").entrypoint == ["sh"])
    }

    @Test func `the name tells the phase and the run`() {
        let specification = ContainerSpecification(image: "x", identity: Self.identity, phase: "test/ä b")
        #expect(specification.name == "okteto-run-test---b-1b4e28ba")
    }

    @Test(arguments: ["relative", "/a\u{0}b", ""])
    func `a folder that no engine can take is not mounted`(path: String) {
        #expect(throws: ContainerExecError.self) { try BindMount(source: path, target: "/x") }
    }

    @Test(arguments: ["", "../x", "abc/def", "xyz"])
    func `what is no identifier never gets into a URL`(text: String) {
        #expect(throws: ContainerExecError.self) { try ContainerID(text) }
    }

    private func container(
        host: String = "m.b.n",
        pid: String = "7",
        state: String = "created",
        created: Int64 = 0
    ) throws -> ContainerSummary {
        ContainerSummary(
            id: try ContainerID("abc"),
            name: "x",
            labels: [ContainerLabels.mark: "1", ContainerLabels.pid: pid, ContainerLabels.host: host],
            state: state,
            created: created
        )
    }

    @Test func `a container is abandoned when its run is dead for certain`() throws {
        let dead = AbandonmentRule(host: Self.identity.host, now: 10_000) { _ in false }
        let alive = AbandonmentRule(host: Self.identity.host, now: 10_000) { _ in true }
        #expect(dead.isAbandoned(try container()))
        #expect(!alive.isAbandoned(try container()))
        #expect(!dead.isAbandoned(try container(host: "other.b.n")))
        #expect(!dead.isAbandoned(try container(host: "m.b.other")))
        #expect(!dead.isAbandoned(try container(host: "nonsense")))
        #expect(!dead.isAbandoned(try container(pid: "-1")))
        #expect(alive.isAbandoned(try container(host: "m.older.n")))
        #expect(!alive.isAbandoned(try container(host: "m.older.n", state: "running")))
        #expect(!alive.isAbandoned(try container(host: "m.older.n", created: 9_000)))
    }

    @Test func `the identity of this host is stable and fits a label`() throws {
        let host = HostIdentity.current()
        #expect(host == HostIdentity.current())
        #expect(HostIdentity(label: "\(host)") == host)
        #expect(RunIdentity.current().run != RunIdentity.current().run)
    }
}
