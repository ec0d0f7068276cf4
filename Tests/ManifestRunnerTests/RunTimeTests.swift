import Testing

@testable import ManifestRunner

struct RunTimeTests {
    @Test(arguments: [
        (Duration.zero, "0.0s"), (.milliseconds(49), "0.0s"), (.milliseconds(50), "0.1s"), (.milliseconds(299), "0.3s"),
        (.milliseconds(949), "0.9s"), (.milliseconds(960), "1.0s"), (.milliseconds(9_940), "9.9s"),
        (.milliseconds(9_990), "10s"), (.milliseconds(12_900), "12s"), (.seconds(59), "59s"), (.seconds(60), "1m00s"),
        (.seconds(185), "3m05s"),
    ])
    func `a time is to the nearest tenth below ten seconds, and whole seconds above`(time: Duration, text: String) {
        #expect(RunTime.text(time) == text)
    }
}
