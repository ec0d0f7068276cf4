import ContainerExec
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite("A workspace that is to be mounted")
struct WorkspaceMountTests {
    private func engine(_ endpoint: EngineEndpoint) -> Engine {
        let candidate = EngineCandidate(endpoint: endpoint, origin: .variable("DOCKER_HOST"))
        return Engine(kind: .docker, version: APIVersion(major: 1, minor: 41), candidate: candidate)
    }

    @Test func `an engine on the network is refused, with what to do`() throws {
        let engine = engine(try .host("tcp://10.0.0.1:2375", tls: nil, environment: [:]))
        let failure = #expect(throws: RunFailure.self) { try WorkspaceMount(folder: "/tmp", engine: engine).mount() }
        #expect(failure?.status == .usage)
        #expect(failure?.message.contains("tcp://10.0.0.1:2375") == true)
        #expect(failure?.hint?.contains("--workspace copy") == true)
    }

    @Test func `a folder that is not there is refused`() throws {
        let engine = engine(try .unixSocket("/run/x.sock"))
        let absent = WorkspaceMount(folder: "/no/such", engine: engine)
        let failure = #expect(throws: RunFailure.self) { try absent.mount() }
        #expect(failure?.status == .ioError)
        #expect(try WorkspaceMount(folder: "/", engine: engine).mount().target == "/okteto/src")
    }
}
