import ContainerExec
import Glibc
import ProcessEnvironment

/// How fast text goes through the masker, in processor time of this process, so that other work on the machine counts
/// for little; and how large the process becomes.
@main
struct MaskerBenchmark {
    private static let pieceBytes = 256 << 10

    static func main() {
        let gigabytes = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1
        let secrets = makeSecrets()
        let forms = secrets.flatMap(SecretForms.all)
        print("\(secrets.count) secrets of \(secrets.map(\.bytes.count)) bytes in \(forms.count) forms")
        for (name, piece) in texts(forms) {
            let pieces = (gigabytes << 30) / piece.count
            var target = [UInt8](repeating: 0, count: piece.count)
            // Five rounds of each in turn; the best of each is the least disturbed.
            var best = (copy: Double.infinity, search: Double.infinity, masker: Double.infinity)
            var emitted = 0
            for _ in 0..<5 {
                best.copy = min(best.copy, seconds { for _ in 0..<pieces { copy(piece, to: &target) } })
                best.search = min(best.search, seconds { for _ in 0..<pieces { find(piece) } })
                var masker = SecretMasker()
                masker.add(secrets)
                emitted = 0
                let time = seconds {
                    for _ in 0..<pieces { masker.consume(piece.span.bytes) { emitted += $0.byteCount } }
                    masker.finish { emitted += $0.byteCount }
                }
                best.masker = min(best.masker, time)
            }
            let bytes = Double(pieces * piece.count) / 1e9
            print(
                "\(name): masker \(rate(bytes / best.masker)) GB/s, memcpy \(rate(bytes / best.copy)), memchr "
                    + "\(rate(bytes / best.search)); \(pieces * piece.count) bytes in, \(emitted) out; peak \(peak()) MB"
            )
        }
    }

    /// Keys of 40 characters, session tokens of a thousand and identity tokens with their parts, from a fixed seed.
    private static func makeSecrets() -> [Secret] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return alphabet[Int(state >> 58)]
        }
        return [40, 40, 40, 40, 360, 1_000, 342, 700].map { count in Secret(bytes: (0..<count).map { _ in next() }) }
    }

    private static func texts(_ forms: [[UInt8]]) -> [(String, [UInt8])] {
        let line =
            "2026-01-01T00:00:00Z INFO  server.go:123 request handled path=/v1/items/42 status=200 bytes=5120 ms=3\n"
        let log = repeated(Array(line.utf8))
        let noise = repeated(forms[0].reversed() + [0x0A])
        var hits = log
        for index in 0..<16 {
            let form = forms[index * 7 % forms.count]
            hits.replaceSubrange((index * 16_000)..<(index * 16_000 + form.count), with: form)
        }
        return [("lines of a log", log), ("base64", noise), ("a secret every 16 KB", hits)]
    }

    private static func repeated(_ text: [UInt8]) -> [UInt8] {
        Array((0..<(pieceBytes / text.count + 1)).flatMap { _ in text }.prefix(pieceBytes))
    }

    private static func copy(_ piece: [UInt8], to target: inout [UInt8]) {
        piece.withUnsafeBytes { source in target.withUnsafeMutableBytes { $0.copyMemory(from: source) } }
    }

    private static func find(_ piece: [UInt8]) {
        piece.withUnsafeBytes { source in
            if let start = source.baseAddress, memchr(start, 0x1E, source.count) != nil { print("found") }
        }
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let start = usage().ru_utime
        body()
        let end = usage().ru_utime
        return Double(end.tv_sec - start.tv_sec) + Double(end.tv_usec - start.tv_usec) / 1e6
    }

    private static func usage() -> rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    private static func peak() -> Int { usage().ru_maxrss / 1024 }

    private static func rate(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
