import ManifestModel
import Testing

@Suite struct DiscoveryTests {
    private func kinds(_ files: [String: FileKind]) -> (String) -> FileKind {
        { files[$0] ?? .missing }
    }

    @Test(arguments: [
        (["/w/okteto.yaml", "/w/okteto.yml"], "okteto.yml"), (["/w/okteto.yaml"], "okteto.yaml"),
        (["/w/.okteto/okteto.yaml", "/w/.okteto/okteto.yml"], ".okteto/okteto.yml"),
        (["/w/.okteto/okteto.yaml"], ".okteto/okteto.yaml"),
    ])
    func `the names are tried in Okteto's order, and the root is the folder`(files: [String], found: String) throws {
        let there = Dictionary(uniqueKeysWithValues: files.map { ($0, FileKind.file) })
        let location = try ManifestDiscovery.discover(in: "/w", kind: kinds(there))
        #expect(location.shownPath == found)
        #expect(location.path == "/w/" + found)
        #expect(location.root == "/w")
    }

    @Test func `no manifest is an error that says where it was looked for`() {
        let error = #expect(throws: ManifestModelError.self) {
            try ManifestDiscovery.discover(in: "/w", kind: { _ in .missing })
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("/w: looked for okteto.yml, okteto.yaml") == true)
    }

    @Test(arguments: [
        ("okteto.yml", "/w/d/okteto.yml", "/w/d"), ("../x.yml", "/w/x.yml", "/w"), ("/a/b.yml", "/a/b.yml", "/a"),
        (".okteto/o.yml", "/w/d/.okteto/o.yml", "/w/d"), ("s/./okteto.yml", "/w/d/s/okteto.yml", "/w/d/s"),
        ("/x.yml", "/x.yml", "/"),
    ])
    func `the root of a named file is its folder, or the one above .okteto`(
        file: String,
        path: String,
        root: String
    )
        throws
    {
        let location = try ManifestDiscovery.locate(file: file, from: "/w/d", kind: { _ in .file })
        #expect(location.path == path)
        #expect(location.root == root)
        #expect(location.shownPath == file)
    }

    @Test(arguments: [(FileKind.missing, ManifestModelError.Code.notFound), (.directory, .isDirectory)])
    func `a named file that is none is an error`(kind: FileKind, code: ManifestModelError.Code) {
        let error = #expect(throws: ManifestModelError.self) {
            try ManifestDiscovery.locate(file: "x", from: "/w", kind: { _ in kind })
        }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        ("/dev/null", ManifestModelError.Code.unreadable), ("/proc/self", .isDirectory), ("/nowhere/x", .notFound),
        ("/etc/passwd/x", .notFound),
    ])
    func `what is no readable file is refused at once`(path: String, code: ManifestModelError.Code) {
        let error = #expect(throws: ManifestModelError.self) { try TextFile.read(path, shownAs: path, limit: 10) }
        #expect(error?.code == code)
    }

    @Test func `a file larger than the bound is refused`() {
        let error = #expect(throws: ManifestModelError.self) {
            try TextFile.read("/proc/self/status", shownAs: "status", limit: 10)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test func `an optional file that is not there is nil`() throws {
        #expect(try TextFile.ifPresent("/nowhere/.env", shownAs: ".env") == nil)
    }
}
