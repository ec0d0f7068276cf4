import ProcessEnvironment
import Testing

@testable import ContainerExec

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Engines over ssh")
struct SSHAddressTests {
    /// An environment in which the program of that folder is ssh.
    private static func environment(_ folder: String) -> EnvironmentVariables {
        ["DOCKER_HOST": "ssh://me@host", "PATH": "\(folder):/usr/bin:/bin"]
    }

    @Test(
        arguments: [
            ("host", "-- host docker system dial-stdio"),
            ("me@host:2222", "-l me -p 2222 -- host docker system dial-stdio"),
            ("me@host/", "-l me -- host docker system dial-stdio"),
            ("host/run/user/1/docker.sock", "-- host docker --host=unix:///run/user/1/docker.sock system dial-stdio"),
            ("[::1]:22", "-p 22 -- ::1 docker system dial-stdio"),
            ("me%40corp@host", "-l me@corp -- host docker system dial-stdio"),
            ("host/a%20b;c'd", "-- host docker '--host=unix:///a b;c'\\''d' system dial-stdio"),
        ] as [(String, String)]
    )
    func `ssh is told what the docker program tells it`(text: String, words: String) throws {
        let expected = "ssh -o ConnectTimeout=30 -T " + words
        #expect(try SSHAddress(text).words.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        "", "/path", "@host", "me@", "-oProxyCommand=touch", "-l@host", "a@b@c", "host:0", "host:x", "host:70000",
        "ho st", "host%0a", "host?x=1", "host#x", "host/a%0ab", "me:word@host", "[::1", "%2doption",
    ])
    func `what is no address, or could be an option, is refused`(text: String) {
        let error = #expect(throws: ContainerExecError.self) { try SSHAddress(text) }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.hint != nil)
    }

    @Test func `a password is not repeated`() {
        let error = #expect(throws: ContainerExecError.self) { try SSHAddress("me:hunter2@host") }
        #expect(error?.message.contains("hunter2") == false)
    }

    @Test func `ssh gets no credentials and no identity token`() {
        let environment = SSHAddress.environment([
            "SSH_AUTH_SOCK": "/a", "HOME": "/h", "PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_SESSION_TOKEN": "x", "AWS_ACCESS_KEY_ID": "x", "AWS_PROFILE": "p", "MY_TOKEN": "x",
            "OKTETO_RUN_TOKEN_ENV": "MY_TOKEN", "OKTETO_TOKEN": "x", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "x",
        ])
        #expect(environment.names == ["AWS_PROFILE", "HOME", "PATH", "SSH_AUTH_SOCK"])
    }

    @Test(
        arguments: [
            ("echo 'Permission denied (publickey).' >&2; exit 255", "Permission denied (publickey)", "ssh-add"),
            ("echo 'Host key verification failed.' >&2; exit 255", "Host key verification failed", "by hand"),
            ("echo 'sh: docker: command not found' >&2; exit 127", "docker: command not found", "must be installed"),
            ("exit 1", "ended with status 1", "docker version"),
            ("read -r line; echo 'Welcome!'; exit 0", "HTTP", "docker version"),
        ] as [(String, String, String)]
    )
    func `what ssh says is the error, with what to do`(script: String, words: String, advice: String) async throws {
        let folder = try ScratchFolder()
        try folder.write("ssh", "#!/bin/sh\n\(script)\n", mode: 0o755)
        let environment = Self.environment(folder.path)
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(.automatic, environment: environment, home: nil)
        }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.hint?.contains(advice) == true, "\(error?.hint ?? "")")
    }

    @Test func `cancelling ends an ssh that stalls, and what it started`() async throws {
        let folder = try ScratchFolder()
        let pids = "\(folder.path)/pids"
        let script = "#!/bin/sh\nsleep 300 & echo $$ $! >\(pids).new; mv \(pids).new \(pids); wait\n"
        try folder.write("ssh", script, mode: 0o755)
        let environment = Self.environment(folder.path)
        let error = await #expect(throws: ContainerExecError.self) {
            try await withThrowingTaskGroup(of: Engine.self) { group in
                group.addTask { try await Engine.connect(.automatic, environment: environment, home: nil) }
                for _ in 0..<1_000 where SmallFile.read(pids) == nil { try await Task.sleep(for: .milliseconds(20)) }
                group.cancelAll()
                for try await _ in group {}
            }
        }
        #expect(error?.code == .cancelled)
        let numbers = String(decoding: SmallFile.read(pids) ?? [], as: UTF8.self).split { $0.isWhitespace }
        let processes = numbers.compactMap { pid_t($0) }
        #expect(processes.count == 2)
        for _ in 0..<500 where processes.contains(where: { kill($0, 0) == 0 }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        // A process of the second kind is a zombie until whoever adopts it looks.
        #expect(kill(processes[0], 0) != 0)
    }

    @Test func `a missing ssh is told as such`() async throws {
        let error = await #expect(throws: ContainerExecError.self) {
            try await Engine.connect(
                .automatic,
                environment: ["DOCKER_HOST": "ssh://host", "PATH": "/nonexistent"],
                home: nil
            )
        }
        #expect(error?.message.contains("the program 'ssh' was not found") == true, "\(error?.message ?? "")")
    }
}
