/// The masker beside the plain reference for any two secrets: the input's first texts, with a NUL behind each.
@_cdecl("oktetorun_fuzz_forms")
public func fuzzForms(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = FuzzInput(start, count)
    let cuts = (0..<Int(input.next() % 4)).map { _ in Int(input.next()) }
    let pair = MaskerPair([input.until(0, most: 32), input.until(0, most: 32)])
    pair.expectSame(pair.text(from: &input), cuts: cuts)
    return 0
}
