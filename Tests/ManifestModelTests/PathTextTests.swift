import ManifestModel
import Testing

@Suite struct PathTextTests {
    @Test(arguments: [
        ("", "."), (".", "."), ("a//b/", "a/b"), ("./a", "a"), ("a/../b", "b"), ("../a", "../a"), ("a/../..", ".."),
        ("/..", "/"), ("/a/./b", "/a/b"), ("/", "/"), ("a/\u{301}b", "a/\u{301}b"),
    ])
    func `a path is cleaned as by Go`(path: String, clean: String) {
        #expect(PathText.clean(path).unicodeScalars.elementsEqual(clean.unicodeScalars))
    }

    @Test func `an absolute path is not joined`() {
        #expect(PathText.join("/w", "/a") == "/a")
        #expect(PathText.join("/w", "a") == "/w/a")
    }
}
