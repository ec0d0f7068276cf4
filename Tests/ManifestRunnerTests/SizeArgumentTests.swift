import Testing

@testable import ManifestRunner

@Suite("Sizes of memory")
struct SizeArgumentTests {
    @Test(arguments: [
        ("1", 1), ("512", 512), ("512b", 512), ("4k", 4_096), ("30m", 30 << 20), ("30MB", 30 << 20), ("2G", 2 << 30),
    ])
    func `a number with or without a unit is taken`(text: String, bytes: Int64) {
        #expect(SizeArgument(argument: text)?.bytes == bytes)
    }

    @Test(arguments: ["", "m", "0", "0m", "-1", "1.5g", "1 g", "1t", "1mm", "9223372036854775807k", "٣m"])
    func `anything else is not`(text: String) {
        #expect(SizeArgument(argument: text) == nil)
    }
}
