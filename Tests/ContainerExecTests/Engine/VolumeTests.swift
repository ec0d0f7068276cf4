import Testing

@testable import ContainerExec

@Suite("Tests' caches at an engine") struct VolumeTests {
    private let volume = CacheVolume(
        repository: "https://h/r",
        manifest: "okteto.yml",
        test: "unit",
        path: "/root/.npm"
    )

    private func answer(_ status: Int, _ body: String = "") -> [String] {
        ["HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"]
    }

    @Test func `each repository, manifest, test and path has a volume of its own`() {
        let others = [
            CacheVolume(repository: "https://h/r2", manifest: "okteto.yml", test: "unit", path: "/root/.npm"),
            CacheVolume(repository: "https://h/r", manifest: "a/okteto.yml", test: "unit", path: "/root/.npm"),
            CacheVolume(repository: "https://h/r", manifest: "okteto.yml", test: "unit2", path: "/root/.npm"),
            CacheVolume(repository: "https://h/r", manifest: "okteto.yml", test: "unit", path: "/root/.np"),
            CacheVolume(repository: "https://h/r", manifest: "okteto.yml", test: "un", path: "it/root/.npm"),
        ]
        #expect(Set((others + [volume]).map(\.name)).count == 6)
        #expect(volume.name.wholeMatch(of: /okteto-run-cache-[0-9a-f]{20}/) != nil)
        let second = CacheVolume(
            repository: volume.repository,
            manifest: volume.manifest,
            test: volume.test,
            path: volume.path,
            number: 1
        )
        #expect(second.name == volume.name + "-1" && second.family == volume.family)
    }

    @Test func `a volume is created with what it is in its labels`() async throws {
        let fake = try FakeEngine { method, target in
            method == "POST" && target == "/v1.41/volumes/create" ? answer(201, "{}") : nil
        }
        try await fake.engine().createVolume(volume)
        let request = try #require(fake.requests.first)
        for label in [
            #""dev.okteto-run":"1""#, #""dev.okteto-run.cache":"/root/.npm""#, #""dev.okteto-run.test":"unit""#,
            #""dev.okteto-run.manifest":"okteto.yml""#, #""dev.okteto-run.repository":"https://h/r""#,
        ] { #expect(request.contains(label)) }
    }

    @Test func `an engine that refuses a volume is cited, with the way around it`() async throws {
        let fake = try FakeEngine { _, _ in answer(500, #"{"message":"quota"}"#) }
        let error = await #expect(throws: ContainerExecError.self) { try await fake.engine().createVolume(volume) }
        #expect(error?.message.contains("quota") == true && error?.hint == "run without it: --no-cache")
    }

    @Test func `volumes of others are none of ours, whatever their names`() async throws {
        let list = """
            {"Volumes":[{"Name":"b","Labels":{"dev.okteto-run":"1","dev.okteto-run.cache":"/c\\u001b[2J","dev.okteto-run.test":"t"}},
            {"Name":"okteto-run-cache-00","Labels":null},{"Name":"x","Labels":{"dev.okteto-run.cache":"/c"}},
            {"Name":"a","Labels":{"dev.okteto-run":"1","dev.okteto-run.cache":"/c"}}]}
            """
        let fake = try FakeEngine { _, target in target.hasPrefix("/v1.41/volumes?filters=") ? answer(200, list) : nil }
        let volumes = try await fake.engine().cacheVolumes()
        #expect(volumes.map(\.name) == ["a", "b"])
        #expect(volumes.last?.title == "/c[2J of test 't' ( of )")
    }

    @Test func `no volumes, and none that are listed, are an empty list`() async throws {
        let fake = try FakeEngine { _, _ in answer(200, #"{"Volumes":null}"#) }
        #expect(try await fake.engine().cacheVolumes().isEmpty)
        #expect(try await fake.engine().volumeSizes().isEmpty)
    }

    @Test func `a list that cannot be had is an error`() async throws {
        let fake = try FakeEngine { _, _ in answer(500, "{}") }
        await #expect(throws: ContainerExecError.self) { try await fake.engine().cacheVolumes() }
        await #expect(throws: ContainerExecError.self) { try await fake.engine().volumeSizes() }
    }

    @Test func `sizes that were not counted are not known`() async throws {
        let list =
            #"{"Volumes":[{"Name":"a","UsageData":{"Size":7}},{"Name":"b","UsageData":{"Size":-1}},{"Name":"c"}]}"#
        let fake = try FakeEngine { _, target in target == "/v1.41/system/df?type=volume" ? answer(200, list) : nil }
        #expect(try await fake.engine().volumeSizes() == ["a": 7])
    }

    @Test(arguments: [(204, true), (404, true), (409, false)])
    func `a volume is removed, or was, or is in use`(status: Int, isRemoved: Bool) async throws {
        let fake = try FakeEngine { method, target in
            method == "DELETE" && target == "/v1.41/volumes/a%2F..%2Fb" ? answer(status) : nil
        }
        #expect(try await fake.engine().removeVolume("a/../b") == isRemoved)
    }

    @Test func `a volume that the engine does not remove for another reason is an error`() async throws {
        let fake = try FakeEngine { _, _ in answer(500, #"{"message":"disk"}"#) }
        let error = await #expect(throws: ContainerExecError.self) { try await fake.engine().removeVolume("a") }
        #expect(error?.message.contains("disk") == true)
    }

    @Test func `a container is asked for with its folders and volumes, into which nothing of the image is copied`()
        throws
    {
        var specification = ContainerSpecification(
            image: "img",
            identity: ContainerSpecificationTests.identity,
            phase: "test/t"
        )
        specification.mounts = [try BindMount(source: "/s", target: "/okteto/src")]
        specification.volumes = [VolumeMount(name: "v", target: "/c"), VolumeMount(name: nil, target: "/d")]
        let body = String(decoding: try JSON.encode(CreateBody(specification, image: "img")), as: UTF8.self)
        let mounts = #"""
            "Mounts":[{"ReadOnly":false,"Source":"/s","Target":"/okteto/src","Type":"bind"},
            {"Target":"/d","Type":"volume","VolumeOptions":{"NoCopy":true}}]
            """#.replacing("\n", with: "")
        #expect(body.contains(mounts))
        #expect(body.contains(#""Binds":["v:/c:nocopy"]"#))
    }
}
