import ArgumentParser
import ProcessEnvironment
import Testing

@testable import ManifestRunner

@Suite struct ProgressTests {
    private let state = ProgressState(detail: "2/5 layers", bytes: 3_400_000, totalBytes: 6_800_000)

    @Test(
        arguments: [
            (0, "0 B"), (812, "812 B"), (1_000, "1.0 kB"), (9_999, "9.9 kB"), (10_000, "10 kB"), (999_999, "999 kB"),
            (3_450_000, "3.4 MB"), (25_000_000, "25 MB"), (1_200_000_000, "1.2 GB"), (-5, "0 B"),
        ] as [(Int64, String)]
    )
    func `bytes are shown as people read them`(bytes: Int64, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }

    @Test func `a wide terminal shows a bar, what is done of what, and the time`() {
        let text = ProgressLine.text(title: "pulling busybox", state: state, elapsed: .seconds(12), columns: 100)
        #expect(text == " |  pulling busybox  [##########··········]  2/5 layers, 3.4 MB of 6.8 MB  12s")
    }

    @Test func `a narrower one has no bar, then a shorter title, and the facts to the last`() {
        let middle = ProgressLine.text(title: "pulling busybox", state: state, elapsed: .seconds(12), columns: 70)
        #expect(middle == " |  pulling busybox  2/5 layers, 3.4 MB of 6.8 MB  12s")
        let narrow = ProgressLine.text(title: "pulling busybox", state: state, elapsed: .seconds(12), columns: 50)
        #expect(narrow == " |  pulling b…  2/5 layers, 3.4 MB of 6.8 MB  12s")
    }

    @Test(arguments: 1...120)
    func `the line never fills the terminal's width`(columns: Int) {
        let title = "pulling registry.example.com/team/a-rather-long-name:1.2.3"
        let text = ProgressLine.text(title: title, state: state, elapsed: .seconds(3_725), columns: columns)
        #expect(text.count < columns)
    }

    @Test func `an unknown end has no bar`() {
        let state = ProgressState(detail: "0/5 layers", bytes: 10)
        let text = ProgressLine.text(title: "pulling x", state: state, elapsed: .milliseconds(250), columns: 100)
        #expect(text == " /  pulling x  0/5 layers, 10 B  0.3s")
    }

    @Test(arguments: [("linux/arm64", true), ("linux/arm/v7", true), ("linux", false), ("", false), ("a b/c", false)])
    func `--platform has a form`(text: String, isGood: Bool) {
        #expect((PlatformArgument(argument: text) != nil) == isGood)
    }

    @Test func `without an option, an image is pulled when it is missing`() throws {
        #expect(ImageChoice(try ExecutionOptions.parse([])).pull == .missing)
        let choice = ImageChoice(try ExecutionOptions.parse(["--pull", "always", "--platform", "linux/amd64"]))
        #expect(choice.pull == .always)
        #expect(choice.platform.map { "\($0)" } == "linux/amd64")
    }

    @Test func `a shell outside of PATH starts with its folder at the end of PATH`() {
        #expect(
            ShellSearch.words("/busybox/sh") == [
                "/busybox/sh", "-c", "PATH=\"$PATH:/busybox\"; export PATH; exec /busybox/sh",
            ]
        )
    }
}
