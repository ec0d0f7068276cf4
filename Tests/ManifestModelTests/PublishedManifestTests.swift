import ManifestModel
import Testing
import YAMLSource

@Suite struct PublishedManifestTests {
    @Test func `all published files are there`() throws {
        let all = try PublishedManifest.all
        #expect(all.count { !$0.isIgnoreFile } == 80)
        #expect(all.count { $0.isIgnoreFile } == 11)
    }

    @Test(arguments: try PublishedManifest.all.filter { $0.isSchemaValid == true })
    func `what Okteto takes has no error and no warning, and its tests by name`(published: PublishedManifest) throws {
        let loaded = ManifestLoader.load(try PublishedManifest.source(published.file))
        #expect(loaded.diagnostics.filter { $0.severity != .notice }.map(\.message) == [])
        #expect(loaded.manifest?.tests.map(\.name.value).sorted() == published.testNames.sorted())
    }

    @Test(arguments: try PublishedManifest.all.filter { $0.isSchemaValid == false })
    func `what Okteto's schema refuses has a finding that says what to do`(published: PublishedManifest) throws {
        let findings = ManifestLoader.load(try PublishedManifest.source(published.file)).diagnostics
        let told = findings.filter { $0.severity != .notice }
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0.help != nil }, "\(told.filter { $0.help == nil }.map(\.message))")
    }

    @Test(arguments: try PublishedManifest.all.filter(\.isIgnoreFile))
    func `every line of an ignore file is understood`(published: PublishedManifest) throws {
        let source = try PublishedManifest.source(published.file)
        let isOld = published.file.contains("oktetodeployignore")
        let file = IgnoreFile(source, hasSections: !isOld)
        #expect(file.diagnostics.isEmpty)
        #expect(!file.rules(for: .deploy).isEmpty || !file.rules(forTest: "unit").isEmpty)
    }
}
