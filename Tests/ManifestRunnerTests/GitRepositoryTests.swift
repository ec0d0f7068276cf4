import Testing

@testable import ManifestRunner

@Suite struct GitRepositoryTests {
    @Test func `origin's URL is preferred to that of another remote`() {
        let config = """
            [core]
            	url = no
            [remote "upstream"]
            	url = https://example.com/up.git
            [remote "origin"]
            	url = https://example.com/own.git
            	fetch = +refs/heads/*:refs/remotes/origin/*
            """
        #expect(GitRepository.remoteURL(in: config) == "https://example.com/own.git")
    }

    @Test func `a commit is found among the packed references`() {
        let packed = "# pack-refs with: peeled\nabc refs/heads/main\n^def\n"
        #expect(GitRepository.packedReference("refs/heads/main", in: packed) == "abc")
        #expect(GitRepository.packedReference("refs/heads/other", in: packed) == nil)
    }

    @Test func `a folder outside every repository has none`() {
        #expect(GitRepository.find(from: "/proc") == nil)
    }
}
