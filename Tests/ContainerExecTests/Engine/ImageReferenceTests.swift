import Testing

@testable import ContainerExec

@Suite("Names of images")
struct ImageReferenceTests {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test(arguments: [
        ("busybox", "busybox:latest", "docker.io/library/busybox:latest"),
        ("amazon/aws-cli", "amazon/aws-cli:latest", "docker.io/amazon/aws-cli:latest"),
        ("docker.io/busybox:1", "docker.io/busybox:1", "docker.io/library/busybox:1"),
        ("localhost/x", "localhost/x:latest", "localhost/x:latest"),
        ("registry:5000/team/tool:1.2", "registry:5000/team/tool:1.2", "registry:5000/team/tool:1.2"),
        ("ghcr.io/a/b/c", "ghcr.io/a/b/c:latest", "ghcr.io/a/b/c:latest"),
        ("a__b/c-d.e:T_1", "a__b/c-d.e:T_1", "docker.io/a__b/c-d.e:T_1"),
        ("x@\(digest)", "x@\(digest)", "docker.io/library/x@\(digest)"),
        ("x:1@\(digest)", "x:1@\(digest)", "docker.io/library/x:1@\(digest)"),
    ])
    func `a name is understood and completed`(text: String, plain: String, qualified: String) throws {
        let reference = try ImageReference(text)
        #expect(reference.description == plain)
        #expect(reference.qualified == qualified)
    }

    @Test(arguments: [
        "", "UPPER", "a b", "a:", "a:b:c d", "a@sha256:12", "a//b", "/a", "a/", "-a", "a?x=1", "a\n", "../x", "a..b",
        "x:-1",
        "h.io/", "a%2fb", "x@",
    ])
    func `what is no name is refused with its text`(text: String) {
        let error = #expect(throws: ContainerExecError.self) { try ImageReference(text) }
        #expect(error?.code == .imageNotFound)
        #expect(error?.message.contains("is not the name of an image") == true)
    }

    @Test(arguments: [("a b/ü", "a%20b%2F%C3%BC"), ("x-._~", "x-._~"), (#"{"a":[1]}"#, "%7B%22a%22%3A%5B1%5D%7D")])
    func `what stands in a URL is encoded`(text: String, expected: String) {
        #expect(URLEncoding.encode(text) == expected)
    }
}
