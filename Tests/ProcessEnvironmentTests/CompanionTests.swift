import FoundationEssentials
import ProcessEnvironment
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

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

    @Test(arguments: [("", false), ("done\n", true), ("done", false), ("done\nand more", false)])
    func `only the agreed word dismisses, and an end without it does not`(text: String, expected: Bool) throws {
        try withFile { file in
            try Data(text.utf8).write(to: URL(filePath: file))
            let descriptor = open(file, O_RDONLY)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            #expect(Companion.wasDismissed(descriptor) == expected)
        }
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

    @Test func `a companion that hears no word goes to work, with nothing but what it was given`() throws {
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
