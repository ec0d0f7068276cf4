import FoundationEssentials
import ProcessEnvironment
import Testing

struct CompanionTests {
    @Test func `a companion reads the farewell, and has nothing but what it was given`() throws {
        let file = FileManager.default.temporaryDirectory.path + "/okteto-run-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: file) }
        let script = "{ pwd; echo $NAME; cat; } > \"$FILE\""
        let companion = try Companion(
            arguments: ["-c", script],
            environment: ["NAME": "value", "FILE": file, "PATH": "/usr/bin:/bin"],
            program: "/bin/sh"
        )
        companion.dismiss()
        // Dismissing twice does no harm.
        companion.dismiss()
        // The farewell may be read a moment after the dismissal.
        let deadline = ContinuousClock.now + .seconds(20)
        var text = ""
        while text != "/\nvalue\ndone\n", ContinuousClock.now < deadline {
            text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        }
        #expect(text == "/\nvalue\ndone\n")
    }

    @Test func `a program that is not there is an error`() {
        #expect(throws: SystemError.self) {
            try Companion(arguments: [], environment: [:], program: "/nosuch/program")
        }
    }
}
