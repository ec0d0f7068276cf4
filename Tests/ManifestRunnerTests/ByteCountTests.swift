import Testing

@testable import ManifestRunner

@Suite struct ByteCountTests {
    @Test(
        arguments: [
            (0, "0 B"), (1_023, "1023 B"), (1_024, "1.0 KiB"), (1_536, "1.5 KiB"), (10_239, "9.9 KiB"),
            (10_240, "10 KiB"),
            (1_048_575, "1023 KiB"), (1_048_576, "1.0 MiB"), (120 << 20, "120 MiB"), (Int64.max, "7.9 EiB"),
        ] as [(Int64, String)]
    )
    func `an amount of data has at most four digits`(bytes: Int64, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }
}
