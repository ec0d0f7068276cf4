import ContainerExec
import ManifestModel
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct TestInputsTests {
    private func inputs(
        _ variables: EnvironmentVariables = ["A": "1"],
        image: String = "sha256:1",
        key: String = "key",
        settings: [(name: String, value: String)] = []
    ) throws -> TestInputs {
        let phase = PlannedPhase(test: "t")
        return try TestInputs.make(phase, image: image, variables: variables, settings: settings, key: Secret(key))
    }

    @Test func `equal inputs are equal, and each difference has a name`() throws {
        let one = try inputs()
        #expect(try inputs() == one)
        #expect(try inputs(["A": "2"]).differences(from: one) == ["the variable A"])
        #expect(try inputs(["A": "1", "B": ""]).differences(from: one) == ["the variable B"])
        #expect(try inputs([:]).differences(from: one) == ["the variable A"])
        #expect(try inputs(image: "sha256:2").differences(from: one) == ["its image"])
        #expect(try inputs(settings: [("--network", "host")]).differences(from: one) == ["--network"])
    }

    @Test func `the commit and the branch make no difference, as they say nothing of the files`() throws {
        let one = try inputs(["A": "1", "OKTETO_GIT_COMMIT": "1", "OKTETO_GIT_BRANCH": "x"])
        #expect(try inputs(["A": "1", "OKTETO_GIT_COMMIT": "2"]) == one)
    }

    @Test func `values are not kept, and nobody without the key can try them out`() throws {
        let record = SuccessRecord(
            date: 1,
            hasFailedSince: false,
            inputs: try inputs(["TOKEN": "hunter2-hunter2"]),
            files: .init(entries: nil, sum: .none, outputSum: .none)
        )
        #expect(!String(decoding: record.bytes, as: UTF8.self).contains("hunter2"))
        #expect(try inputs(key: "another").differences(from: inputs()).count == inputs().parts.count)
    }
}
