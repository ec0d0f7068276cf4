import ProcessEnvironment
import Testing

@Suite struct SystemErrorTests {
    @Test func `an error says what was to be done and why it was not, in lower case`() {
        #expect("\(SystemError(operation: "open /x", errno: 2))" == "cannot open /x: no such file or directory")
    }
}
