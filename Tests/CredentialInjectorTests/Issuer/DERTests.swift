import Testing

@testable import CredentialInjector

struct DERTests {
    @Test(arguments: [
        ([UInt8](), [UInt8]([2, 1, 0])), ([0, 0], [2, 1, 0]), ([0x7F], [2, 1, 0x7F]), ([0x80], [2, 2, 0, 0x80]),
        ([0, 0, 1, 2], [2, 2, 1, 2]),
    ])
    func `an integer is short and not negative`(_ bytes: [UInt8], _ expected: [UInt8]) {
        #expect(DER.integer(bytes) == expected)
    }

    @Test func `a long length takes several bytes`() {
        #expect(DER.bitString([UInt8](repeating: 1, count: 199)).prefix(4) == [3, 0x81, 200, 0])
        #expect(DER.bitString([UInt8](repeating: 1, count: 299)).prefix(5) == [3, 0x82, 1, 0x2C, 0])
    }
}
