import Testing

@testable import ManifestRunner

@Suite struct DurationArgumentTests {
    @Test(arguments: [("90s", 90), ("5m", 300), ("1h30m", 5_400), ("45", 45), ("1h0m1s", 3_601)])
    func `a duration is read as Okteto's options have it`(text: String, seconds: Int) {
        #expect(DurationArgument(argument: text)?.seconds == seconds)
    }

    @Test(arguments: ["", "m", "5", "-5m", "5x", "1h30", "0s", "1.5h", "99999999999999999999s"].filter { $0 != "5" })
    func `what is no duration is refused`(text: String) {
        #expect(DurationArgument(argument: text) == nil)
    }
}
