import HTTPTransport
import ProcessEnvironment
import Testing

@testable import ContainerExec

@Suite("Pulls") struct PullTests {
    @Test(arguments: [
        "linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64", "linux/riscv64", "linux/arm64/v8",
    ])
    func `a platform is a system, a processor and perhaps its version`(text: String) {
        #expect(ImagePlatform(text).map { "\($0)" } == text)
    }

    @Test(arguments: [
        "", "linux", "linux/", "/amd64", "a/b/c/d", "Linux/amd64", "linux/amd 64", "linux/amd64&x=1", "-/x",
    ])
    func `what is no platform is refused`(text: String) {
        #expect(ImagePlatform(text) == nil)
    }

    @Test(arguments: [
        ("linux/arm64", "linux/arm64", true), ("linux/arm64", "linux/arm64/v8", true),
        ("linux/arm/v7", "linux/arm", true),
        ("linux/arm/v7", "linux/arm/v6", false), ("linux/amd64", "linux/arm64", false),
        ("linux/amd64", "windows/amd64", false),
    ])
    func `platforms are the same where nothing differs that both say`(one: String, other: String, same: Bool) throws {
        #expect(try #require(ImagePlatform(one)).runs(#require(ImagePlatform(other))) == same)
    }

    @Test(
        arguments: [
            (.docker, "no basic auth credentials", .imageRefused),
            (.docker, "unauthorized: authentication required", .imageRefused),
            (
                .docker, "pull access denied for x, repository does not exist or may require 'docker login'",
                .imageRefused
            ),
            (.podman, "reading manifest latest in h/x: unauthorized: authentication required", .imageRefused),
            (.docker, "denied: Your authorization token has expired. Reauthenticate and try again.", .imageRefused),
            (.docker, "manifest for h/x:1 not found: manifest unknown: manifest unknown", .imageNotFound),
            (.podman, "reading manifest 1 in h/x: manifest unknown: manifest unknown", .imageNotFound),
            (.podman, "name unknown: repository name not known to registry", .imageNotFound),
            (.docker, "no matching manifest for linux/s390x in the manifest list entries", .wrongPlatform),
            (.podman, #"no image found in manifest list for architecture s390x, variant "", OS linux"#, .wrongPlatform),
            (.docker, "dial tcp 127.0.0.1:1: connect: connection refused", .engineFailed),
            (.docker, "no space left on device", .diskFull),
        ] as [(EngineKind, String, ContainerExecError.Code)]
    )
    func `the engine's words tell what is wrong`(kind: EngineKind, words: String, code: ContainerExecError.Code) throws
    {
        let error = try PullRefusal(words: words).error(kind, ImageReference("h.io/x:1"))
        #expect(error.code == code)
        #expect(error.message.contains("h.io/x:1"))
        #expect(error.message.contains(words))
        #expect(error.hint != nil)
    }

    @Test func `a pull sends the login and the platform`() async throws {
        let fake = try FakeEngine { _, target in
            target == "/v1.41/images/create?fromImage=r.io%2Fx&tag=1&platform=linux%2Farm64"
                ? ["HTTP/1.1 200 OK\r\n\r\n"] : nil
        }
        let login = RegistryLogin.password(user: "u", Secret("p"))
        try await fake.engine().pull("r.io/x:1", platform: ImagePlatform("linux/arm64"), login: login)
        let header = "X-Registry-Auth: \(try login.header(for: "r.io").reveal())\r\n"
        #expect(fake.requests.first?.contains(header) == true)
    }

    @Test func `a pull without a login sends none`() async throws {
        let fake = try FakeEngine { _, _ in ["HTTP/1.1 200 OK\r\n\r\n"] }
        try await fake.engine().pull("r.io/x:1")
        #expect(fake.requests.first?.contains("X-Registry-Auth") == false)
    }

    @Test func `docker's lines are summed up`() {
        var tally = PullTally(.docker)
        tally.add(PullProgress(status: "Pulling from library/x", layer: "latest"))
        #expect(tally.knownLayers == 0)
        for layer in ["a", "b", "c"] { tally.add(PullProgress(status: "Pulling fs layer", layer: layer)) }
        tally.add(PullProgress(status: "Already exists", layer: "d"))
        tally.add(PullProgress(status: "Downloading", layer: "a", current: 10, total: 100))
        #expect(tally.totalBytes == nil)
        tally.add(PullProgress(status: "Downloading", layer: "b", current: 20, total: 50))
        tally.add(PullProgress(status: "Downloading", layer: "c", current: 1, total: 1))
        #expect([tally.knownLayers, tally.finishedLayers] == [4, 1])
        #expect(tally.downloadedBytes == 31)
        #expect(tally.totalBytes == 151)
        tally.add(PullProgress(status: "Download complete", layer: "a"))
        tally.add(PullProgress(status: "Extracting", layer: "a", current: 5, total: 100))
        #expect(tally.downloadedBytes == 121)
        tally.add(PullProgress(status: "Pull complete", layer: "a"))
        #expect(tally.finishedLayers == 2)
        tally.add(PullProgress(status: "Digest: sha256:1"))
        tally.finish()
        #expect(tally.finishedLayers == 4)
    }

    @Test func `podman's last line is no layer`() {
        var tally = PullTally(.podman)
        tally.add(PullProgress(status: "Pulling fs layer", layer: "a"))
        tally.add(PullProgress(status: "Pulling fs layer", layer: "b"))
        tally.add(PullProgress(status: "Download complete", layer: "a"))
        #expect([tally.knownLayers, tally.finishedLayers] == [2, 1])
        tally.add(PullProgress(status: "Download complete", layer: "the image's own identifier"))
        tally.finish()
        #expect([tally.knownLayers, tally.finishedLayers] == [2, 2])
    }

    @Test func `what an engine runs on is read`() async throws {
        let fake = try FakeEngine { _, target in
            target == "/v1.41/version" ? FakeEngine.response(200, #"{"Os":"linux","Arch":"arm64"}"#) : nil
        }
        #expect(try await fake.engine().platform() == ImagePlatform("linux/arm64"))
    }
}
