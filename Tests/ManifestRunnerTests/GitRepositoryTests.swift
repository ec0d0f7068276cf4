import FoundationEssentials
import Testing

@testable import ManifestRunner

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

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

    @Test func `what is no commit is none, and a pipe in a file's place does not make anybody wait`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let git = folder + "/.git"
        try FileManager.default.createDirectory(atPath: git + "/refs/heads", withIntermediateDirectories: true)
        try Data("ref: ../secret\n".utf8).write(to: URL(filePath: git + "/HEAD"))
        try Data("not for commands\n".utf8).write(to: URL(filePath: folder + "/secret"))
        try #require(mkfifo(git + "/config", 0o600) == 0)
        try #require(mkfifo(git + "/packed-refs", 0o600) == 0)
        let repository = try #require(GitRepository.find(from: folder))
        #expect(repository.commit == nil && repository.remoteURL == nil)
        let name = String(repeating: "0a", count: 20)
        try Data("ref: refs/heads/main\n".utf8).write(to: URL(filePath: git + "/HEAD"))
        try Data("\(name)\n".utf8).write(to: URL(filePath: git + "/refs/heads/main"))
        #expect(GitRepository.find(from: folder)?.commit == name)
        #expect(GitRepository.find(from: folder)?.branch == "main")
    }

    @Test func `a folder outside every repository has none`() {
        #expect(GitRepository.find(from: "/proc") == nil)
    }
}
