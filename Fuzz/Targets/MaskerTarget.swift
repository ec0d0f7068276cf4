/// The masker beside the plain reference: the same bytes stay clear however the text is cut, pauses included.
///
/// The input's first byte says how often it is cut, as many bytes where, and the next which secrets there are. The rest
/// is the text, as ``MaskerPair/text(from:)`` reads it.
@_cdecl("oktetorun_fuzz_masker")
public func fuzzMasker(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let cuts = (0..<Int(input.next() % 8)).map { _ in Int(input.next()) }
    let pair = MaskerPair.known[Int(input.next()) % MaskerPair.known.count]
    pair.expectSame(pair.text(from: &input), cuts: cuts)
    return 0
}
