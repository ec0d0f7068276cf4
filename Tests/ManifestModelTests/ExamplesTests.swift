import ManifestModel
import Testing
import YAMLSource

@Suite struct ExamplesTests {
    @Test func `the example manifest has no findings`() throws {
        let path = PathText.join(#filePath, "../../../examples/okteto.yml")
        let source = try TextFile.read(path, shownAs: "examples/okteto.yml", limit: 1 << 20)
        let loaded = ManifestLoader.load(source)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.manifest?.tests.map(\.name.value) == ["aws"])
    }
}
