import FoundationEssentials
import ProcessEnvironment
import Testing

struct CompanionTests {
    /// A companion that writes down that it was needed, and what it has.
    private func companion(_ file: String) throws -> Companion {
        try Companion(
            arguments: ["-c", "{ pwd; echo $NAME; cat; } > \"$FILE\""],
            environment: ["NAME": "value", "FILE": file, "PATH": "/usr/bin:/bin"],
            program: "/bin/sh"
        )
    }

    private func withFile(_ body: (String) throws -> Void) rethrows {
        let file = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: file) }
        try body(file)
    }

    @Test func `a companion that is dismissed does nothing, and is gone then`() throws {
        try withFile { file in
            let companion = try companion(file)
            companion.dismiss()
            // Dismissing twice does no harm.
            companion.dismiss()
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func `a companion whose process is gone without a word goes to work, with nothing but what it was given`() throws {
        try withFile { file in
            // The end of the pipe is all that it notices of this process, and comes when nothing holds it any more.
            _ = try companion(file)
            let deadline = ContinuousClock.now + .seconds(20)
            var text = ""
            while text != "/\nvalue\n", ContinuousClock.now < deadline {
                text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            }
            #expect(text == "/\nvalue\n")
        }
    }

    @Test func `a program that is not there is an error`() {
        #expect(throws: SystemError.self) {
            try Companion(arguments: [], environment: [:], program: "/nosuch/program")
        }
    }
}
