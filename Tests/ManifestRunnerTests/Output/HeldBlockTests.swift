import FoundationEssentials
import Testing

@testable import ManifestRunner

@Suite struct HeldBlockTests {
    @Test func `pieces come back in their order, in memory or out of it`() throws {
        var block = HeldBlock()
        var expected: [String] = []
        // Twelve MiB in pieces of odd sizes, so that pieces lie across every boundary there is.
        for number in 0..<120 {
            let kind = HeldBlock.Kind.allCases[number % 4]
            let text = "\(number):" + String(repeating: "x", count: 100_003 + number)
            expected.append("\(kind.rawValue) \(text)")
            let bytes = Array(text.utf8)
            try bytes.withUnsafeBytes { try block.append($0, kind) }
        }
        var result: [String] = []
        try block.release { result.append("\($1.rawValue) " + String(decoding: $0, as: UTF8.self)) }
        #expect(result == expected)
        try block.release { _, _ in Issue.record("it has been released") }
    }

    @Test func `a piece larger than the memory is kept too`() throws {
        var block = HeldBlock()
        let large = [UInt8](repeating: 7, count: HeldBlock.memory * 2 + 3)
        try [1 as UInt8].withUnsafeBytes { try block.append($0, .errors) }
        try large.withUnsafeBytes { try block.append($0, .output) }
        var counts: [HeldBlock.Kind: Int] = [:]
        try block.release { counts[$1, default: 0] += $0.count }
        #expect(counts == [.errors: 1, .output: large.count])
    }

    @Test func `nothing is left in the folder of temporary files`() throws {
        let folder = FileManager.default.temporaryDirectory.path
        func count() throws -> Int {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return names.count { $0.hasPrefix("okteto-run-") && $0.count == 17 }
        }
        let before = try count()
        var block = HeldBlock()
        let bytes = [UInt8](repeating: 7, count: HeldBlock.memory)
        for _ in 0..<3 { try bytes.withUnsafeBytes { try block.append($0, .output) } }
        #expect(try count() == before)
        try block.release { _, _ in }
    }
}
