package import ProcessEnvironment

/// Replaces secrets in one stream of output by `***`, however the stream is cut into pieces.
///
/// What may be the beginning of a secret is held back until it is clear; nothing else is, so that a prompt without a
/// newline comes through at once. At most the longest form less one byte is held.
package struct SecretMasker: Sendable {
    /// What stands in place of a secret.
    package static let mask = Array("***".utf8)

    private var forms: [[UInt8]] = []
    private var set = NeedleSet([])
    private var held: [UInt8] = []
    /// How many of the held bytes belong to a secret that was replaced already.
    private var heldMasked = 0

    /// Creates a masker that knows no secret.
    package init() {}

    /// Adds secrets; those it knows stay, since a rotated credential may still be printed.
    package mutating func add(_ secrets: [Secret]) {
        let known = Set(forms)
        let new = secrets.flatMap(SecretForms.all).filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        forms += new
        set = NeedleSet(forms)
    }

    /// Takes bytes in, and hands those that are clear to `emit`, in pieces.
    package mutating func consume(_ bytes: RawSpan, emit: (RawSpan) -> Void) {
        guard !forms.isEmpty else { return emit(bytes) }
        unsafe bytes.withUnsafeBytes { text in
            var rest = unsafe text
            if !held.isEmpty {
                // A secret that begins in what is held ends within the length of the longest one.
                let taken = min(text.count, set.longest)
                var bridge = held
                unsafe bridge.append(contentsOf: text[..<taken])
                unsafe bridge.withUnsafeBytes { unsafe process($0, emit: emit) }
                if taken == text.count { return }
                // What is held now is shorter than that, and so lies in these bytes: it goes on from there.
                unsafe rest = UnsafeRawBufferPointer(rebasing: text[(taken - held.count)...])
            }
            unsafe process(rest, emit: emit)
        }
    }

    /// Gives out what is held: the stream has ended, so it is no secret's beginning any more.
    package mutating func finish(emit: (RawSpan) -> Void) {
        let rest = held.dropFirst(heldMasked)
        held = []
        heldMasked = 0
        guard !rest.isEmpty else { return }
        let bytes = Array(rest)
        unsafe emit(bytes.span.bytes)
    }

    private mutating func process(_ text: UnsafeRawBufferPointer, emit: (RawSpan) -> Void) {
        var ranges = unsafe set.matches(in: text)
        let isContinued = heldMasked > 0
        if isContinued {
            // The first bytes were replaced when they came; what overlaps them is part of the same replacement.
            if let first = ranges.first, first.lowerBound <= heldMasked {
                ranges[0] = 0..<max(heldMasked, first.upperBound)
            } else {
                ranges.insert(0..<heldMasked, at: 0)
            }
        }
        let clear = unsafe text.count - set.liveSuffix(of: text)
        var position = 0
        for (index, range) in ranges.enumerated() {
            if position < min(range.lowerBound, clear) {
                unsafe emit(UnsafeRawBufferPointer(rebasing: text[position..<min(range.lowerBound, clear)]).bytes)
            }
            guard range.lowerBound < clear || (isContinued && index == 0) else { break }
            if !(isContinued && index == 0) { unsafe emit(Self.mask.span.bytes) }
            position = range.upperBound
        }
        if position < clear {
            unsafe emit(UnsafeRawBufferPointer(rebasing: text[position..<clear]).bytes)
            position = clear
        }
        held.removeAll(keepingCapacity: true)
        unsafe held.append(contentsOf: text[clear...])
        heldMasked = max(0, min(position, text.count) - clear)
    }
}
