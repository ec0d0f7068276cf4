import Testing

@testable import ManifestRunner

@Suite struct CachePathTests {
    @Test(
        arguments: [
            ("node_modules", "/okteto/src/node_modules", "node_modules"), ("./a//b/", "/okteto/src/a/b", "a/b"),
            ("/root/.npm", "/root/.npm", nil), ("/go/pkg/", "/go/pkg", nil), ("/okteto/src/x", "/okteto/src/x", "x"),
            ("/okteto2", "/okteto2", nil), ("/process", "/process", nil), ("a..b", "/okteto/src/a..b", "a..b"),
        ] as [(String, String, String?)]
    )
    func `a cache is below the test's files, or anywhere absolute`(
        text: String,
        absolute: String,
        inside: String?
    ) throws {
        let path = try CachePath(text)
        #expect(path.absolute == absolute && path.insideWorkspace == inside)
    }

    @Test(arguments: [
        "", "/", "//", "/.", ".", "./", "..", "a/../b", "../x", "/okteto/src/../../etc", "/proc", "/proc/self",
        "/sys/fs",
        "/dev", "/dev/shm", "/okteto", "/okteto/", "/okteto/bin", "/okteto/aws-ca-bundle.pem", "/okteto/src", "a\nb",
        "a\u{0}b", "a\u{1B}[2J", "a\u{7F}", "a,readonly", "a:ro",
    ])
    func `what would take the container apart, or lead elsewhere, is no cache`(text: String) {
        let problem = #expect(throws: CachePath.Problem.self) { try CachePath(text) }
        #expect(problem?.hint.isEmpty == false)
        #expect(problem?.message.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    @Test(arguments: [
        ("https://user:ghp_secret@github.com/a/b.git?token=x#y", "https://github.com/a/b.git"),
        ("https://github.com/a/b.git", "https://github.com/a/b.git"),
        ("git@github.com:a/b.git", "git@github.com:a/b.git"),
        ("ssh://git@host:22/a", "ssh://host:22/a"), ("https://a@b@host/c", "https://host/c"),
        ("/srv/git/x", "/srv/git/x"),
        ("https://host?x@y", "https://host"),
    ])
    func `a repository is known by its address, and never by a login`(url: String, shown: String) {
        #expect(RepositoryIdentity.withoutLogin(url) == shown)
    }

    @Test func `a repository without a remote is its folder, and a manifest without one its own`() {
        var repository = GitRepository()
        repository.folder = "/w/r"
        var identity = RepositoryIdentity.of(manifest: "/w/r/a/okteto.yml", root: "/w/r/a", repository: repository)
        #expect(identity == ("/w/r", "a/okteto.yml"))
        repository.remoteURL = "https://t@h/r"
        identity = RepositoryIdentity.of(manifest: "/w/r/a/okteto.yml", root: "/w/r/a", repository: repository)
        #expect(identity == ("https://h/r", "a/okteto.yml"))
        identity = RepositoryIdentity.of(manifest: "/w/x/okteto.yml", root: "/w/x", repository: nil)
        #expect(identity == ("/w/x", "okteto.yml"))
    }
}
